#include "textflag.h"

// func butterfly4AVX2(xr, xi, yr, yi *float32, quarter, s int, w *[6]float32)
// The radix-4 step of butterfly4 on s samples, s a multiple of 8. The four inputs lie quarter samples apart, the four
// outputs s samples.
TEXT ·butterfly4AVX2(SB), NOSPLIT, $0-56
	MOVQ         xr+0(FP), R8
	MOVQ         xi+8(FP), R9
	MOVQ         yr+16(FP), R10
	MOVQ         yi+24(FP), R11
	MOVQ         quarter+32(FP), R12
	MOVQ         s+40(FP), CX
	MOVQ         w+48(FP), DX
	VBROADCASTSS (DX), Y10
	VBROADCASTSS 4(DX), Y11
	VBROADCASTSS 8(DX), Y12
	VBROADCASTSS 12(DX), Y13
	VBROADCASTSS 16(DX), Y14
	VBROADCASTSS 20(DX), Y15
	SHLQ         $2, R12
	LEAQ         (R12)(R12*2), R13
	MOVQ         CX, BX
	SHLQ         $2, BX
	LEAQ         (BX)(BX*2), SI
	SHRQ         $3, CX
	JZ           done

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

done:
	VZEROUPPER
	RET
