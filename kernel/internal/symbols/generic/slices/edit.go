package slices

// Insert puts v before element i.
func Insert[S ~[]E, E any](s S, i int, v ...E) S { return Replace(s, i, i, v...) }

// Delete takes out the elements from i up to j and clears what became free behind the end.
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)] // as the bounds are checked in the compiled package
	if i == j {
		return s
	}
	return shorten(s, i+copy(s[i:], s[j:]))
}

// DeleteFunc takes out the elements that del accepts.
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	i := IndexFunc(s, del)
	if i < 0 {
		return s
	}
	for _, v := range s[i+1:] {
		if !del(v) {
			s[i] = v
			i++
		}
	}
	return shorten(s, i)
}

// shorten cuts s to n elements and clears the others.
func shorten[S ~[]E, E any](s S, n int) S {
	clear(s[n:])
	return s[:n]
}

// Replace puts v in the place of the elements from i up to j.
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	_ = s[i:j]
	_ = s[j:]
	total := len(s) - (j - i) + len(v)
	if total > cap(s) {
		out := append(s[:i:i], make(S, total-i)...)
		copy(out[i:], v)
		copy(out[i+len(v):], s[j:])
		return out
	}
	if len(v) > 0 {
		v = append([]E(nil), v...) // it may be part of s
	}
	out := s[:total]
	copy(out[i+len(v):], s[j:])
	copy(out[i:], v)
	if total < len(s) {
		clear(s[total:])
	}
	return out
}

// Clone is a copy of s; nil stays nil.
func Clone[S ~[]E, E any](s S) S {
	if s == nil {
		return nil
	}
	return append(S{}, s...)
}

// Compact leaves one of each run of equal elements.
func Compact[S ~[]E, E comparable](s S) S {
	return CompactFunc(s, func(a, b E) bool { return a == b })
}

// CompactFunc is Compact with elements compared by eq.
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	if len(s) < 2 {
		return s
	}
	n := 1
	for i := 1; i < len(s); i++ {
		if !eq(s[i], s[i-1]) { // what was written so far lies before element i-1
			if n != i {
				s[n] = s[i]
			}
			n++
		}
	}
	return shorten(s, n)
}

// Grow makes room for n more elements. It panics if n is negative.
func Grow[S ~[]E, E any](s S, n int) S {
	if n < 0 {
		panic("cannot be negative")
	}
	if free := cap(s) - len(s); n > free {
		s = append(s[:cap(s)], make(S, n-free)...)[:len(s)]
	}
	return s
}

// Clip drops the room behind the last element.
func Clip[S ~[]E, E any](s S) S { return s[:len(s):len(s)] }

// Concat joins slices into a new one.
func Concat[S ~[]E, E any](slices ...S) S {
	n := 0
	for _, s := range slices {
		n += len(s)
	}
	out := Grow[S](nil, n)
	for _, s := range slices {
		out = append(out, s...)
	}
	return out
}

// Repeat is count copies of x, one after the other. It panics if count is negative.
func Repeat[S ~[]E, E any](x S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	if n := len(x) * count; count > 0 && n/count != len(x) {
		panic("the result of (len(x) * count) overflows")
	}
	out := make(S, 0, len(x)*count)
	for range count {
		out = append(out, x...)
	}
	return out
}
