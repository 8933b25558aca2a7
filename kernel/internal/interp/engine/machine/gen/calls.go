package main

import "strings"

// copying is the loop that copies words from frame src to frame dst; it leaves larger values to rest.
func copying(list, dst, src string) string {
	return strings.NewReplacer("LIST", list, "DST", dst, "SRC", src).Replace(`ms := LIST
for k := range ms {
	x := &ms[k]
	switch x.cls {
	case cP:
		mem.Put(DST, x.dst, mem.Ld[ptr](SRC, x.src))
	case cS:
		mem.Put(DST, x.dst, mem.Ld[string](SRC, x.src))
	case cL:
		mem.Put(DST, x.dst, mem.Ld[mem.Slice](SRC, x.src))
	case cE:
		mem.Put(DST, x.dst, mem.Ld[mem.Iface](SRC, x.src))
	case cW2:
		mem.Put(DST, x.dst, mem.Ld[mem.W2](SRC, x.src))
	case cW3:
		mem.Put(DST, x.dst, mem.Ld[mem.W3](SRC, x.src))
	case cW4:
		mem.Put(DST, x.dst, mem.Ld[mem.W4](SRC, x.src))
	default:
		mem.Put(DST, x.dst, mem.Ld[uint64](SRC, x.src))
	}
}
`)
}

const (
	// callee is the function called, and a free frame of it.
	callee = "cal := head(fp).code.calls[in.d]\nif cal.typed {\nbreak\n}\ng := cal.fn.code.Load()\n" + freeFrame
	// method is the method of the interface's dynamic type if that is the last one's, and a free frame of it.
	method = `cal := head(fp).code.calls[in.d]
w := mem.At[mem.Iface](fp, in.a)
t := cal.last.Load()
if t == nil || t.tab != w.Tab || t.fn == nil || t.hard {
	break
}
g := t.fn.code.Load()
` + freeFrame
	freeFrame = `if g == nil || g.deferred || stop.Load() != 0 {
	break
}
at := head(fp)
h := at.callee
if h == nil || h.code != g {
	pool := th.pool
	k := g.id & (len(pool) - 1)
	if h = pool[k]; h == nil || h.code != g {
		break
	}
	pool[k] = h.caller
	h.caller = at
	if at.callee == nil && at.used < keptDepth {
		at.callee = h
	}
}
nf := mem.Of(h)
`
	enter = `at.pc = int64(in.c)
h.used = at.used + g.size
fp, ip = nf, g.first
continue`
	// anyCall is a call of any function.
	anyCall = `cal := fn.calls[in.d]
if th.run.stop.Load() != 0 {
	th.interrupted()
}
g, nf := th.callee(cal, fp)
if g == nil {
	break
}
if g.deferred {
	head(nf).caller = head(fp)
	th.enter(g, nf)
	copyMoves(cal.res, fp, nf)
	th.release(g, nf)
	th.cur = head(fp)
	break
}
h := head(nf)
h.caller = head(fp)
h.used = head(fp).used + g.size
return nf, g.first`
)

// giveBack puts the frame of a function that returns into the pool, unless the caller keeps it, and goes on there.
const giveBack = `for _, o := range g.wipe {
	mem.Put[ptr](fp, o, nil)
}
if caller.callee != at {
	if f := pool[k]; f == nil {
		at.caller, at.used = nil, 1
	} else {
		at.caller, at.used = f, f.used+1
	}
	pool[k] = at
}
fp, ip = mem.Of(caller), mem.Add64(caller.code.first, caller.pc)
continue`

// returned leaves what is not simple to rest.
const returned = `at := head(fp)
g, caller, pool := at.code, at.caller, th.pool
k := g.id & (len(pool) - 1)
if g.large {
	break
}
if caller.callee != at {
	if f := pool[k]; f != nil && (f.code != g || f.used >= poolDepth) {
		break
	}
}
`

const goBack = `th.cur = caller
th.leave(caller, fn, fp)
return mem.Of(caller), mem.Add64(caller.code.first, caller.pc)`

// caller finds where a function returns to, and site the instruction that called.
const (
	caller = "caller := head(fp).caller\n"
	site   = "ci := mem.As[instr](mem.Add64(caller.code.first, caller.pc-instrSize))\n"
)

func calls() {
	add(op{name: "Call", find: callee + copying("cal.args", "nf", "fp"), flow: enter, rest: anyCall})
	add(op{name: "Call1", find: callee, flow: "mem.Put(nf, cal.dst, " + ld("uint64", "a") + ")\n" + enter, rest: anyCall})
	add(op{name: "CallDyn", rest: anyCall})
	// before a function's body that stands in another's: is it still that?
	add(op{name: "Guard", find: "if mem.As[Func](" + ld("ptr", "a") + ").version.Load() != in.b {\nbreak\n}", rest: "return fp, mem.Add(ip, in.c)"})
	// a method with no argument, or with one of a word
	receiver := "if t.bare {\nmem.Put(nf, t.to, w.Data)\n} else {\n" + copying("t.recv", "nf", "w.Data") + "}\n"
	add(op{name: "Invoke0", find: method + receiver, flow: enter, rest: anyCall})
	add(op{name: "Invoke1", find: method + receiver + "mem.Put(nf, t.dst, mem.Ld[uint64](fp, t.src))\n", flow: enter, rest: anyCall})
	add(op{name: "Invoke", find: method + "src := w.Data\nif t.bare {\nsrc = fp\n}\n" + "{\n" + copying("t.recv", "nf", "src") + "}\n" + copying("t.args", "nf", "fp"), flow: enter, rest: anyCall})
	add(op{name: "Ret", flow: "if fp == base {\nreturn\n}\n" + returned + giveBack, rest: caller + goBack})
	for _, c := range []string{"", "P", "S", "L", "E", "W2", "W3", "W4"} { // one result
		t := typeOf[c]
		switch {
		case c == "":
			t = "uint64"
		case t == "":
			t = "mem." + c
		}
		value := ld(t, "a")
		give := site + "mem.Put(mem.Of(caller), ci.b, " + value + ")\n"
		add(op{name: "Ret1" + c, flow: "if fp == base {\nmem.Put(fp, in.b, " + value + ")\nreturn\n}\n" + returned + give + giveBack, rest: caller + give + goBack})
	}
	// several results, which lie in their places already
	add(op{name: "RetN", flow: "if fp == base {\nreturn\n}\n" + returned + site + "cal := caller.code.calls[ci.d]\nif cal.typedRes {\nbreak\n}\n" + copying("cal.res", "mem.Of(caller)", "fp") + giveBack,
		rest: caller + site + "copyMoves(caller.code.calls[ci.d].res, mem.Of(caller), fp)\n" + goBack})
}
