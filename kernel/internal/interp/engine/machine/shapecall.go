package machine

import "github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"

// callNM calls a func value of N parameters and M results.

func call01[R any](f int32, a, r []int32) ext {
	r0 := r[0]
	return func(_ *thread, fp ptr) {
		put(fp, r0, mem.Ld[func() R](fp, f)())
	}
}

func call02[R, S any](f int32, a, r []int32) ext {
	r0, r1 := r[0], r[1]
	return func(_ *thread, fp ptr) {
		x, y := mem.Ld[func() (R, S)](fp, f)()
		put(fp, r0, x)
		put(fp, r1, y)
	}
}

func call10[A any](f int32, a, r []int32) ext {
	a0 := a[0]
	return func(_ *thread, fp ptr) {
		mem.Ld[func(A)](fp, f)(mem.Ld[A](fp, a0))
	}
}

func call11[A, R any](f int32, a, r []int32) ext {
	a0, r0 := a[0], r[0]
	return func(_ *thread, fp ptr) {
		put(fp, r0, mem.Ld[func(A) R](fp, f)(mem.Ld[A](fp, a0)))
	}
}

func call12[A, R, S any](f int32, a, r []int32) ext {
	a0, r0, r1 := a[0], r[0], r[1]
	return func(_ *thread, fp ptr) {
		x, y := mem.Ld[func(A) (R, S)](fp, f)(mem.Ld[A](fp, a0))
		put(fp, r0, x)
		put(fp, r1, y)
	}
}

func call20[A, B any](f int32, a, r []int32) ext {
	a0, a1 := a[0], a[1]
	return func(_ *thread, fp ptr) {
		mem.Ld[func(A, B)](fp, f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1))
	}
}

func call21[A, B, R any](f int32, a, r []int32) ext {
	a0, a1, r0 := a[0], a[1], r[0]
	return func(_ *thread, fp ptr) {
		put(fp, r0, mem.Ld[func(A, B) R](fp, f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1)))
	}
}

func call22[A, B, R, S any](f int32, a, r []int32) ext {
	a0, a1, r0, r1 := a[0], a[1], r[0], r[1]
	return func(_ *thread, fp ptr) {
		x, y := mem.Ld[func(A, B) (R, S)](fp, f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1))
		put(fp, r0, x)
		put(fp, r1, y)
	}
}

func call41[A, B, C, D, R any](f int32, a, r []int32) ext {
	a0, a1, a2, a3, r0 := a[0], a[1], a[2], a[3], r[0]
	return func(_ *thread, fp ptr) {
		put(fp, r0, mem.Ld[func(A, B, C, D) R](fp, f)(mem.Ld[A](fp, a0), mem.Ld[B](fp, a1), mem.Ld[C](fp, a2), mem.Ld[D](fp, a3)))
	}
}

// put writes a value to a slot, unless nobody reads it.
func put[T any](fp ptr, off int32, v T) {
	if off < 0 {
		return
	}
	if mem.SizeOf[T]() >= 8 {
		mem.Put(fp, off, v)
		return
	}
	putNarrow(mem.Add(fp, off), mem.Of(&v), mem.SizeOf[T]())
}

// putNarrow writes a rune, byte or bool, extended to a word.
func putNarrow(to, from ptr, size uintptr) {
	if size == 4 {
		mem.Put(to, 0, int64(mem.Ld[rune](from, 0)))
	} else {
		mem.Put(to, 0, uint64(mem.Ld[uint8](from, 0)))
	}
}
