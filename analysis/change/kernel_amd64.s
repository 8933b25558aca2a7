#include "textflag.h"

// func addSquaresAVX2(acc *float32, a, b *uint16, n int)
// acc[i] += (b[i]-a[i])^2 for n samples, n a multiple of 16.
TEXT ·addSquaresAVX2(SB), NOSPLIT, $0-32
	MOVQ acc+0(FP), DI
	MOVQ a+8(FP), SI
	MOVQ b+16(FP), DX
	MOVQ n+24(FP), CX
	SHRQ $4, CX
	JZ   done

loop:
	// The next strip of the same bands, for the second cache: it is needed once the other bands of this one are done.
	PREFETCHT1 8192(SI)
	PREFETCHT1 8192(DX)
	VPMOVZXWD (SI), Y0
	VPMOVZXWD 16(SI), Y2
	VPMOVZXWD (DX), Y1
	VPMOVZXWD 16(DX), Y3
	VPSUBD    Y0, Y1, Y1
	VPSUBD    Y2, Y3, Y3
	VCVTDQ2PS Y1, Y1
	VCVTDQ2PS Y3, Y3
	VMULPS    Y1, Y1, Y1
	VMULPS    Y3, Y3, Y3
	VADDPS    (DI), Y1, Y1
	VADDPS    32(DI), Y3, Y3
	VMOVUPS   Y1, (DI)
	VMOVUPS   Y3, 32(DI)
	ADDQ      $32, SI
	ADDQ      $32, DX
	ADDQ      $64, DI
	DECQ      CX
	JNZ       loop

done:
	VZEROUPPER
	RET

// func addSquaresMissingAVX2(acc *float32, a, b *uint16, n int, missing uint16)
// As addSquaresAVX2, and acc[i] becomes NaN (all bits set) where a[i] or b[i] is missing.
TEXT ·addSquaresMissingAVX2(SB), NOSPLIT, $0-34
	MOVQ         acc+0(FP), DI
	MOVQ         a+8(FP), SI
	MOVQ         b+16(FP), DX
	MOVQ         n+24(FP), CX
	MOVWLZX      missing+32(FP), AX
	VMOVD        AX, X7
	VPBROADCASTW X7, X7
	SHRQ         $3, CX
	JZ           done

loop:
	VMOVDQU   (SI), X0
	VMOVDQU   (DX), X1
	VPCMPEQW  X0, X7, X2
	VPCMPEQW  X1, X7, X3
	VPOR      X2, X3, X2
	VPMOVSXWD X2, Y2
	VPMOVZXWD X0, Y0
	VPMOVZXWD X1, Y1
	VPSUBD    Y0, Y1, Y1
	VCVTDQ2PS Y1, Y1
	VMULPS    Y1, Y1, Y1
	VADDPS    (DI), Y1, Y1
	VORPS     Y2, Y1, Y1
	VMOVUPS   Y1, (DI)
	ADDQ      $16, SI
	ADDQ      $16, DX
	ADDQ      $32, DI
	DECQ      CX
	JNZ       loop

done:
	VZEROUPPER
	RET

// func rootsAVX2(dst, acc *float32, n int)
// dst[i] = sqrt(acc[i]) for n samples, n a multiple of 8; dst is aligned to 32 bytes and goes past the cache.
TEXT ·rootsAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ acc+8(FP), SI
	MOVQ n+16(FP), CX
	SHRQ $3, CX
	JZ   done

loop:
	VSQRTPS  (SI), Y0
	VMOVNTPS Y0, (DI)
	ADDQ     $32, SI
	ADDQ     $32, DI
	DECQ     CX
	JNZ      loop
	SFENCE

done:
	VZEROUPPER
	RET

// func rootsHereAVX2(acc *float32, n int)
// acc[i] = sqrt(acc[i]) for n samples, n a multiple of 8, kept in the cache.
TEXT ·rootsHereAVX2(SB), NOSPLIT, $0-16
	MOVQ acc+0(FP), DI
	MOVQ n+8(FP), CX
	SHRQ $3, CX
	JZ   done

loop:
	VSQRTPS (DI), Y0
	VMOVUPS Y0, (DI)
	ADDQ    $32, DI
	DECQ    CX
	JNZ     loop

done:
	VZEROUPPER
	RET

// func largestAVX2(most, v *float32, n int)
// most[i] becomes v[i] where that is larger as an integer, for n samples, n a multiple of 8.
TEXT ·largestAVX2(SB), NOSPLIT, $0-24
	MOVQ most+0(FP), DI
	MOVQ v+8(FP), SI
	MOVQ n+16(FP), CX
	SHRQ $3, CX
	JZ   done

loop:
	VMOVDQU (DI), Y0
	VPMAXSD (SI), Y0, Y0
	VMOVDQU Y0, (DI)
	ADDQ    $32, SI
	ADDQ    $32, DI
	DECQ    CX
	JNZ     loop

done:
	VZEROUPPER
	RET

// func moveSumsAVX2(sums *[4]*float64, a, b, oldA, oldB *float32, n int)
// Adds the samples of a new row to the sums of the columns and takes those of an old one away, n a multiple of 4.
TEXT ·moveSumsAVX2(SB), NOSPLIT, $0-48
	MOVQ sums+0(FP), AX
	MOVQ (AX), R8
	MOVQ 8(AX), R9
	MOVQ 16(AX), R10
	MOVQ 24(AX), R11
	MOVQ a+8(FP), SI
	MOVQ b+16(FP), DI
	MOVQ oldA+24(FP), BX
	MOVQ oldB+32(FP), DX
	MOVQ n+40(FP), CX
	SHRQ $2, CX
	JZ   done

loop:
	VCVTPS2PD (SI), Y0
	VCVTPS2PD (DI), Y1
	VCVTPS2PD (BX), Y2
	VCVTPS2PD (DX), Y3
	VSUBPD    Y2, Y0, Y4
	VADDPD    (R8), Y4, Y4
	VMOVUPD   Y4, (R8)
	VSUBPD    Y3, Y1, Y5
	VADDPD    (R9), Y5, Y5
	VMOVUPD   Y5, (R9)
	VMULPD    Y0, Y0, Y6
	VMULPD    Y1, Y1, Y7
	VADDPD    Y7, Y6, Y6
	VMULPD    Y2, Y2, Y7
	VMULPD    Y3, Y3, Y8
	VADDPD    Y8, Y7, Y7
	VSUBPD    Y7, Y6, Y6
	VADDPD    (R10), Y6, Y6
	VMOVUPD   Y6, (R10)
	VMULPD    Y1, Y0, Y0
	VMULPD    Y3, Y2, Y2
	VSUBPD    Y2, Y0, Y0
	VADDPD    (R11), Y0, Y0
	VMOVUPD   Y0, (R11)
	ADDQ      $16, SI
	ADDQ      $16, DI
	ADDQ      $16, BX
	ADDQ      $16, DX
	ADDQ      $32, R8
	ADDQ      $32, R9
	ADDQ      $32, R10
	ADDQ      $32, R11
	DECQ      CX
	JNZ       loop

done:
	VZEROUPPER
	RET

// func similarAVX2(out *float32, sums *[4]*float64, side int, k *[6]float64, n int)
// The similarity of n windows, n a multiple of 4: window i spans columns i to i+side-1. k holds 1/n, n, 1/(n-1), c1, c2
// and 2.
TEXT ·similarAVX2(SB), NOSPLIT, $0-40
	MOVQ         out+0(FP), DI
	MOVQ         sums+8(FP), AX
	MOVQ         (AX), R8
	MOVQ         8(AX), R9
	MOVQ         16(AX), R10
	MOVQ         24(AX), R11
	MOVQ         side+16(FP), BX
	MOVQ         k+24(FP), DX
	MOVQ         n+32(FP), CX
	VBROADCASTSD (DX), Y10
	VBROADCASTSD 8(DX), Y11
	VBROADCASTSD 16(DX), Y12
	VBROADCASTSD 24(DX), Y13
	VBROADCASTSD 32(DX), Y14
	VBROADCASTSD 40(DX), Y15
	SHRQ         $2, CX
	JZ           done

loop:
	VMOVUPD (R8), Y0
	VMOVUPD (R9), Y1
	VMOVUPD (R10), Y2
	VMOVUPD (R11), Y3
	MOVQ    $1, SI

sum:
	VADDPD (R8)(SI*8), Y0, Y0
	VADDPD (R9)(SI*8), Y1, Y1
	VADDPD (R10)(SI*8), Y2, Y2
	VADDPD (R11)(SI*8), Y3, Y3
	INCQ   SI
	CMPQ   SI, BX
	JLT    sum

	VMULPD    Y10, Y0, Y4        // mx
	VMULPD    Y10, Y1, Y5        // my
	VMULPD    Y4, Y4, Y6
	VMULPD    Y5, Y5, Y7
	VADDPD    Y7, Y6, Y6         // m2
	VMULPD    Y6, Y11, Y7
	VSUBPD    Y7, Y2, Y2
	VMULPD    Y12, Y2, Y2        // va
	VMULPD    Y5, Y0, Y0
	VSUBPD    Y0, Y3, Y3
	VMULPD    Y12, Y3, Y3        // cov
	VMULPD    Y4, Y15, Y4
	VMULPD    Y5, Y4, Y4
	VADDPD    Y13, Y4, Y4
	VMULPD    Y3, Y15, Y3
	VADDPD    Y14, Y3, Y3
	VMULPD    Y3, Y4, Y4         // above the line
	VADDPD    Y13, Y6, Y6
	VADDPD    Y14, Y2, Y2
	VMULPD    Y2, Y6, Y6         // below it
	VDIVPD    Y6, Y4, Y4
	VCVTPD2PSY Y4, X4
	VMOVUPS   X4, (DI)
	ADDQ      $16, DI
	ADDQ      $32, R8
	ADDQ      $32, R9
	ADDQ      $32, R10
	ADDQ      $32, R11
	DECQ      CX
	JNZ       loop

done:
	VZEROUPPER
	RET
