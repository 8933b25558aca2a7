#include "textflag.h"

// func weighted4AVX(out *[4]float64, a, w, b *float64, stride, n int)
// out[c] += the sum of w[i] a[i] b[c*stride+i], for four columns c and n rows, a multiple of 4. Every fourth row goes to
// a running sum of its own; the four are added last, the first to the second and the third to the fourth.
TEXT ·weighted4AVX(SB), NOSPLIT, $0-48
	MOVQ   out+0(FP), DI
	MOVQ   a+8(FP), SI
	MOVQ   w+16(FP), DX
	MOVQ   b+24(FP), R8
	MOVQ   stride+32(FP), R9
	MOVQ   n+40(FP), CX
	LEAQ   (R8)(R9*8), R10
	LEAQ   (R10)(R9*8), R11
	LEAQ   (R11)(R9*8), R12
	VXORPD Y0, Y0, Y0
	VXORPD Y1, Y1, Y1
	VXORPD Y2, Y2, Y2
	VXORPD Y3, Y3, Y3
	XORL   BX, BX
	SHRQ   $2, CX
	JZ     done

loop:
	VMOVUPD (SI)(BX*8), Y4
	VMULPD  (DX)(BX*8), Y4, Y4
	VMULPD  (R8)(BX*8), Y4, Y5
	VMULPD  (R10)(BX*8), Y4, Y6
	VMULPD  (R11)(BX*8), Y4, Y7
	VMULPD  (R12)(BX*8), Y4, Y8
	VADDPD  Y5, Y0, Y0
	VADDPD  Y6, Y1, Y1
	VADDPD  Y7, Y2, Y2
	VADDPD  Y8, Y3, Y3
	ADDQ    $4, BX
	DECQ    CX
	JNZ     loop

done:
	VHADDPD      Y1, Y0, Y0      // of column 0: rows 0+1, column 1: rows 0+1, column 0: rows 2+3, column 1: rows 2+3
	VHADDPD      Y3, Y2, Y2
	VEXTRACTF128 $1, Y0, X5
	VEXTRACTF128 $1, Y2, X6
	VADDPD       X5, X0, X0
	VADDPD       X6, X2, X2
	VMOVUPD      (DI), X7
	VMOVUPD      16(DI), X8
	VADDPD       X0, X7, X7
	VADDPD       X2, X8, X8
	VMOVUPD      X7, (DI)
	VMOVUPD      X8, 16(DI)
	VZEROUPPER
	RET
