#include "textflag.h"

// func stage4AVX2(xr, xi, yr, yi *float32, m, s int, w *float32)
// One radix-4 stage, as stage4Scalar: m butterflies over s samples each, s a multiple of 8. The four inputs of a
// butterfly lie m*s samples apart, its four outputs s samples; w holds six numbers for each.
TEXT ·stage4AVX2(SB), NOSPLIT, $0-56
	MOVQ  xr+0(FP), R8
	MOVQ  xi+8(FP), R9
	MOVQ  yr+16(FP), R10
	MOVQ  yi+24(FP), R11
	MOVQ  m+32(FP), DI
	MOVQ  s+40(FP), AX
	MOVQ  w+48(FP), DX
	MOVQ  AX, R12
	IMULQ DI, R12
	SHLQ  $2, R12
	LEAQ  (R12)(R12*2), R13
	MOVQ  AX, BX
	SHLQ  $2, BX
	LEAQ  (BX)(BX*2), SI
	SHRQ  $3, AX
	JZ    done
	TESTQ DI, DI
	JZ    done

butterfly:
	VBROADCASTSS (DX), Y10
	VBROADCASTSS 4(DX), Y11
	VBROADCASTSS 8(DX), Y12
	VBROADCASTSS 12(DX), Y13
	VBROADCASTSS 16(DX), Y14
	VBROADCASTSS 20(DX), Y15
	ADDQ         $24, DX
	MOVQ         AX, CX

loop:
	VMOVUPS (R8), Y0
	VMOVUPS (R8)(R12*2), Y2
	VADDPS  Y2, Y0, Y4           // pr
	VSUBPS  Y2, Y0, Y5           // mr
	VMOVUPS (R9), Y0
	VMOVUPS (R9)(R12*2), Y2
	VADDPS  Y2, Y0, Y6           // pi
	VSUBPS  Y2, Y0, Y7           // mi
	VMOVUPS (R8)(R12*1), Y0      // br
	VMOVUPS (R8)(R13*1), Y1      // dr
	VMOVUPS (R9)(R12*1), Y2      // bi
	VMOVUPS (R9)(R13*1), Y3      // di
	VADDPS  Y1, Y0, Y8           // qr
	VADDPS  Y3, Y2, Y9           // qi
	VSUBPS  Y0, Y1, Y1           // ji = dr - br
	VSUBPS  Y3, Y2, Y0           // jr = bi - di
	VADDPS  Y8, Y4, Y2
	VMOVUPS Y2, (R10)
	VADDPS  Y9, Y6, Y2
	VMOVUPS Y2, (R11)
	VSUBPS  Y8, Y4, Y4           // tr of output 2
	VSUBPS  Y9, Y6, Y6           // ti of output 2
	VMULPS  Y12, Y4, Y2
	VMULPS  Y13, Y6, Y3
	VSUBPS  Y3, Y2, Y2
	VMOVUPS Y2, (R10)(BX*2)
	VMULPS  Y13, Y4, Y2
	VMULPS  Y12, Y6, Y3
	VADDPS  Y3, Y2, Y2
	VMOVUPS Y2, (R11)(BX*2)
	VADDPS  Y0, Y5, Y4           // tr of output 1
	VADDPS  Y1, Y7, Y6           // ti of output 1
	VMULPS  Y10, Y4, Y2
	VMULPS  Y11, Y6, Y3
	VSUBPS  Y3, Y2, Y2
	VMOVUPS Y2, (R10)(BX*1)
	VMULPS  Y11, Y4, Y2
	VMULPS  Y10, Y6, Y3
	VADDPS  Y3, Y2, Y2
	VMOVUPS Y2, (R11)(BX*1)
	VSUBPS  Y0, Y5, Y4           // tr of output 3
	VSUBPS  Y1, Y7, Y6           // ti of output 3
	VMULPS  Y14, Y4, Y2
	VMULPS  Y15, Y6, Y3
	VSUBPS  Y3, Y2, Y2
	VMOVUPS Y2, (R10)(SI*1)
	VMULPS  Y15, Y4, Y2
	VMULPS  Y14, Y6, Y3
	VADDPS  Y3, Y2, Y2
	VMOVUPS Y2, (R11)(SI*1)
	ADDQ    $32, R8
	ADDQ    $32, R9
	ADDQ    $32, R10
	ADDQ    $32, R11
	DECQ    CX
	JNZ     loop
	ADDQ    SI, R10
	ADDQ    SI, R11
	DECQ    DI
	JNZ     butterfly

done:
	VZEROUPPER
	RET

// func stage2AVX2(x, y *float32, s int)
// Sums and differences of x[:s] and x[s:2*s] into y, s a multiple of 8.
TEXT ·stage2AVX2(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), R8
	MOVQ y+8(FP), R10
	MOVQ s+16(FP), CX
	MOVQ CX, BX
	SHLQ $2, BX
	SHRQ $3, CX
	JZ   done

loop:
	VMOVUPS (R8), Y0
	VMOVUPS (R8)(BX*1), Y1
	VADDPS  Y1, Y0, Y2
	VSUBPS  Y1, Y0, Y3
	VMOVUPS Y2, (R10)
	VMOVUPS Y3, (R10)(BX*1)
	ADDQ    $32, R8
	ADDQ    $32, R10
	DECQ    CX
	JNZ     loop

done:
	VZEROUPPER
	RET

// func transpose8AVX2(dst *float32, dstStride int, src *float32, srcStride int)
// Writes the columns of an 8 by 8 square as rows; the strides are in samples.
TEXT ·transpose8AVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ dstStride+8(FP), BX
	MOVQ src+16(FP), SI
	MOVQ srcStride+24(FP), CX
	SHLQ $2, BX
	SHLQ $2, CX
	LEAQ (CX)(CX*2), R9
	LEAQ (SI)(CX*4), R8

	// Rows 0 to 3 beside rows 4 to 7, left halves in Y0-Y3, right halves in Y4-Y7.
	VMOVUPS     (SI), X0
	VINSERTF128 $1, (R8), Y0, Y0
	VMOVUPS     (SI)(CX*1), X1
	VINSERTF128 $1, (R8)(CX*1), Y1, Y1
	VMOVUPS     (SI)(CX*2), X2
	VINSERTF128 $1, (R8)(CX*2), Y2, Y2
	VMOVUPS     (SI)(R9*1), X3
	VINSERTF128 $1, (R8)(R9*1), Y3, Y3
	VMOVUPS     16(SI), X4
	VINSERTF128 $1, 16(R8), Y4, Y4
	VMOVUPS     16(SI)(CX*1), X5
	VINSERTF128 $1, 16(R8)(CX*1), Y5, Y5
	VMOVUPS     16(SI)(CX*2), X6
	VINSERTF128 $1, 16(R8)(CX*2), Y6, Y6
	VMOVUPS     16(SI)(R9*1), X7
	VINSERTF128 $1, 16(R8)(R9*1), Y7, Y7

	VUNPCKLPS Y1, Y0, Y8
	VUNPCKHPS Y1, Y0, Y9
	VUNPCKLPS Y3, Y2, Y10
	VUNPCKHPS Y3, Y2, Y11
	VUNPCKLPS Y5, Y4, Y12
	VUNPCKHPS Y5, Y4, Y13
	VUNPCKLPS Y7, Y6, Y14
	VUNPCKHPS Y7, Y6, Y15

	LEAQ       (BX)(BX*2), R9
	LEAQ       (DI)(BX*4), R8
	VUNPCKLPD  Y10, Y8, Y0
	VUNPCKHPD  Y10, Y8, Y1
	VUNPCKLPD  Y11, Y9, Y2
	VUNPCKHPD  Y11, Y9, Y3
	VUNPCKLPD  Y14, Y12, Y4
	VUNPCKHPD  Y14, Y12, Y5
	VUNPCKLPD  Y15, Y13, Y6
	VUNPCKHPD  Y15, Y13, Y7
	VMOVUPS    Y0, (DI)
	VMOVUPS    Y1, (DI)(BX*1)
	VMOVUPS    Y2, (DI)(BX*2)
	VMOVUPS    Y3, (DI)(R9*1)
	VMOVUPS    Y4, (R8)
	VMOVUPS    Y5, (R8)(BX*1)
	VMOVUPS    Y6, (R8)(BX*2)
	VMOVUPS    Y7, (R8)(R9*1)
	VZEROUPPER
	RET

// func copy16AVX2(dst *float32, dstStride int, src *float32, srcStride, rows int)
// Copies 16 samples of each row; the strides are in samples. Rows to come are fetched ahead, since they lie on other pages.
TEXT ·copy16AVX2(SB), NOSPLIT, $0-40
	MOVQ  dst+0(FP), DI
	MOVQ  dstStride+8(FP), BX
	MOVQ  src+16(FP), SI
	MOVQ  srcStride+24(FP), CX
	MOVQ  rows+32(FP), DX
	SHLQ  $2, BX
	SHLQ  $2, CX
	MOVQ  BX, R8
	SHLQ  $4, R8
	MOVQ  CX, R9
	SHLQ  $4, R9
	TESTQ DX, DX
	JZ    done

loop:
	PREFETCHT0 (SI)(R9*1)
	PREFETCHT0 (DI)(R8*1)
	VMOVUPS    (SI), Y0
	VMOVUPS    32(SI), Y1
	VMOVUPS    Y0, (DI)
	VMOVUPS    Y1, 32(DI)
	ADDQ       CX, SI
	ADDQ       BX, DI
	DECQ       DX
	JNZ        loop

done:
	VZEROUPPER
	RET
