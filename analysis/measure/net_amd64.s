#include "textflag.h"

// func alongAVX(one, two, x *float32, eights int, weights *[6]float32)
// one[c] += weights[0] x[c] + weights[1] x[c+1] + weights[2] x[c+2], and two[c] likewise with the other three, for eight
// columns c a turn. Sums are taken from left to right, the products first.
TEXT ·alongAVX(SB), NOSPLIT, $0-40
	MOVQ         one+0(FP), DI
	MOVQ         two+8(FP), SI
	MOVQ         x+16(FP), DX
	MOVQ         eights+24(FP), CX
	MOVQ         weights+32(FP), R8
	VBROADCASTSS (R8), Y0
	VBROADCASTSS 4(R8), Y1
	VBROADCASTSS 8(R8), Y2
	VBROADCASTSS 12(R8), Y3
	VBROADCASTSS 16(R8), Y4
	VBROADCASTSS 20(R8), Y5
	TESTQ        CX, CX
	JZ           done

loop:
	VMOVUPS (DX), Y6
	VMOVUPS 4(DX), Y7
	VMOVUPS 8(DX), Y8
	VMULPS  Y6, Y0, Y9
	VMULPS  Y7, Y1, Y10
	VMULPS  Y6, Y3, Y11
	VMULPS  Y7, Y4, Y12
	VMULPS  Y8, Y2, Y13
	VMULPS  Y8, Y5, Y14
	VADDPS  Y10, Y9, Y9
	VADDPS  Y12, Y11, Y11
	VADDPS  Y13, Y9, Y9
	VADDPS  Y14, Y11, Y11
	VADDPS  (DI), Y9, Y9
	VADDPS  (SI), Y11, Y11
	VMOVUPS Y9, (DI)
	VMOVUPS Y11, (SI)
	ADDQ    $32, DX
	ADDQ    $32, DI
	ADDQ    $32, SI
	DECQ    CX
	JNZ     loop

done:
	VZEROUPPER
	RET
