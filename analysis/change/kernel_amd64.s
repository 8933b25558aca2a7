#include "textflag.h"

// func magnitudeAVX2(dst *float32, a, b **uint16, bands, at, n int, missing int, past bool)
// dst[i] = the root of the sum over the bands of (b[i]-a[i])^2, each added with one rounding, for n samples from
// sample `at` of the bands on, n a multiple of 32. Where a or b is missing (not negative) the result has all bits set.
// With past, dst is aligned to 32 bytes and goes past the cache.
TEXT ·magnitudeAVX2(SB), NOSPLIT, $0-57
	MOVQ         dst+0(FP), DI
	MOVQ         a+8(FP), SI
	MOVQ         b+16(FP), DX
	MOVQ         bands+24(FP), R8
	MOVQ         at+32(FP), R9
	MOVQ         n+40(FP), CX
	MOVQ         missing+48(FP), R10
	MOVBLZX      past+56(FP), R11
	SHLQ         $1, R9
	VPXOR        Y15, Y15, Y15
	VMOVD        R10, X14
	VPBROADCASTW X14, Y14
	SHRQ         $5, CX
	JZ           done

loop:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	XORL  BX, BX

band:
	MOVQ       (SI)(BX*8), R12
	MOVQ       (DX)(BX*8), R13
	VMOVDQU    (R12)(R9*1), Y6
	VMOVDQU    32(R12)(R9*1), Y7
	VMOVDQU    (R13)(R9*1), Y8
	VMOVDQU    32(R13)(R9*1), Y9
	PREFETCHT1 2048(R12)(R9*1)
	PREFETCHT1 2048(R13)(R9*1)
	TESTQ      R10, R10
	JLT        whole
	VPCMPEQW   Y6, Y14, Y10
	VPCMPEQW   Y8, Y14, Y11
	VPCMPEQW   Y7, Y14, Y12
	VPCMPEQW   Y9, Y14, Y13
	VPOR       Y10, Y4, Y4
	VPOR       Y11, Y4, Y4
	VPOR       Y12, Y5, Y5
	VPOR       Y13, Y5, Y5

whole:
	VPSUBUSW    Y8, Y6, Y10
	VPSUBUSW    Y6, Y8, Y11
	VPSUBUSW    Y9, Y7, Y12
	VPSUBUSW    Y7, Y9, Y13
	VPOR        Y11, Y10, Y10     // the size of the difference
	VPOR        Y13, Y12, Y12
	VPUNPCKLWD  Y15, Y10, Y11     // samples 0-3 and 8-11
	VPUNPCKHWD  Y15, Y10, Y10     // samples 4-7 and 12-15
	VPUNPCKLWD  Y15, Y12, Y13
	VPUNPCKHWD  Y15, Y12, Y12
	VCVTDQ2PS   Y11, Y11
	VCVTDQ2PS   Y10, Y10
	VCVTDQ2PS   Y13, Y13
	VCVTDQ2PS   Y12, Y12
	VFMADD231PS Y11, Y11, Y0
	VFMADD231PS Y10, Y10, Y1
	VFMADD231PS Y13, Y13, Y2
	VFMADD231PS Y12, Y12, Y3
	INCQ        BX
	CMPQ        BX, R8
	JLT         band

	VSQRTPS Y0, Y0
	VSQRTPS Y1, Y1
	VSQRTPS Y2, Y2
	VSQRTPS Y3, Y3
	TESTQ   R10, R10
	JLT     order

	VPUNPCKLWD Y4, Y4, Y6
	VPUNPCKHWD Y4, Y4, Y7
	VPUNPCKLWD Y5, Y5, Y8
	VPUNPCKHWD Y5, Y5, Y9
	VORPS      Y6, Y0, Y0
	VORPS      Y7, Y1, Y1
	VORPS      Y8, Y2, Y2
	VORPS      Y9, Y3, Y3

order:
	VPERM2F128 $0x20, Y1, Y0, Y6
	VPERM2F128 $0x31, Y1, Y0, Y7
	VPERM2F128 $0x20, Y3, Y2, Y8
	VPERM2F128 $0x31, Y3, Y2, Y9
	TESTQ      R11, R11
	JZ         near
	VMOVNTPS   Y6, (DI)
	VMOVNTPS   Y7, 32(DI)
	VMOVNTPS   Y8, 64(DI)
	VMOVNTPS   Y9, 96(DI)
	JMP        next

near:
	VMOVUPS Y6, (DI)
	VMOVUPS Y7, 32(DI)
	VMOVUPS Y8, 64(DI)
	VMOVUPS Y9, 96(DI)

next:
	ADDQ $64, R9
	ADDQ $128, DI
	DECQ CX
	JNZ  loop
	SFENCE

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
