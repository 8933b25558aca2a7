#include "textflag.h"

// In each half of a register: the four samples of two pixels, turned into four pairs of samples of one band.
DATA pairs<>+0(SB)/8, $0x0b0a030209080100
DATA pairs<>+8(SB)/8, $0x0f0e07060d0c0504
DATA pairs<>+16(SB)/8, $0x0b0a030209080100
DATA pairs<>+24(SB)/8, $0x0f0e07060d0c0504
GLOBL pairs<>(SB), RODATA|NOPTR, $32

// func unpackFourAVX2(d0, d1, d2, d3 *uint16, b *byte, n int)
// Takes n pixels of four interleaved uint16 samples apart, n a multiple of 16.
TEXT ·unpackFourAVX2(SB), NOSPLIT, $0-48
	MOVQ    d0+0(FP), R8
	MOVQ    d1+8(FP), R9
	MOVQ    d2+16(FP), R10
	MOVQ    d3+24(FP), R11
	MOVQ    b+32(FP), SI
	MOVQ    n+40(FP), CX
	SHRQ    $4, CX
	JZ      done
	VMOVDQU pairs<>(SB), Y15

loop:
	// Pixels 0 and 1 beside 8 and 9, 2 and 3 beside 10 and 11, and so on.
	VMOVDQU      (SI), X0
	VINSERTI128  $1, 64(SI), Y0, Y0
	VMOVDQU      16(SI), X1
	VINSERTI128  $1, 80(SI), Y1, Y1
	VMOVDQU      32(SI), X2
	VINSERTI128  $1, 96(SI), Y2, Y2
	VMOVDQU      48(SI), X3
	VINSERTI128  $1, 112(SI), Y3, Y3
	VPSHUFB      Y15, Y0, Y0
	VPSHUFB      Y15, Y1, Y1
	VPSHUFB      Y15, Y2, Y2
	VPSHUFB      Y15, Y3, Y3
	VPUNPCKLDQ   Y1, Y0, Y4
	VPUNPCKHDQ   Y1, Y0, Y5
	VPUNPCKLDQ   Y3, Y2, Y6
	VPUNPCKHDQ   Y3, Y2, Y7
	VPUNPCKLQDQ  Y6, Y4, Y8
	VPUNPCKHQDQ  Y6, Y4, Y9
	VPUNPCKLQDQ  Y7, Y5, Y10
	VPUNPCKHQDQ  Y7, Y5, Y11
	VMOVDQU      Y8, (R8)
	VMOVDQU      Y9, (R9)
	VMOVDQU      Y10, (R10)
	VMOVDQU      Y11, (R11)
	ADDQ         $128, SI
	ADDQ         $32, R8
	ADDQ         $32, R9
	ADDQ         $32, R10
	ADDQ         $32, R11
	DECQ         CX
	JNZ          loop

done:
	VZEROUPPER
	RET
