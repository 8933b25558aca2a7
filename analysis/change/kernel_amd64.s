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
