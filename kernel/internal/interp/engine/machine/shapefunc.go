package machine

import "github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"

// makeNM makes the func value of N parameters and M results that compiled code calls to run cl.

func make01[R any](cl *closure) ptr {
	return register(cl, func() R {
		th, nf := cl.begin()
		cl.run(th, nf)
		r := mem.Ld[R](nf, th.top.res[0].off)
		cl.end(th, nf)
		return r
	})
}

func make10[A any](cl *closure) ptr {
	return register(cl, func(a A) {
		th, nf := cl.begin()
		put(nf, th.top.params[0].off, a)
		cl.run(th, nf)
		cl.end(th, nf)
	})
}

func make11[A, R any](cl *closure) ptr {
	return register(cl, func(a A) R {
		th, nf := cl.begin()
		put(nf, th.top.params[0].off, a)
		cl.run(th, nf)
		r := mem.Ld[R](nf, th.top.res[0].off)
		cl.end(th, nf)
		return r
	})
}

func make20[A, B any](cl *closure) ptr {
	return register(cl, func(a A, b B) {
		th, nf := cl.begin()
		put(nf, th.top.params[0].off, a)
		put(nf, th.top.params[1].off, b)
		cl.run(th, nf)
		cl.end(th, nf)
	})
}

func make21[A, B, R any](cl *closure) ptr {
	return register(cl, func(a A, b B) R {
		th, nf := cl.begin()
		put(nf, th.top.params[0].off, a)
		put(nf, th.top.params[1].off, b)
		cl.run(th, nf)
		r := mem.Ld[R](nf, th.top.res[0].off)
		cl.end(th, nf)
		return r
	})
}
