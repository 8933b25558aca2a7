package machine

import "slices"

type (
	// fusion is an operation that does those of several instructions in one step.
	fusion struct {
		op    uint16
		keeps int // a bit for each part whose value is needed afterwards as well
		parts []uint16
		links []link
	}

	// link tells that an operand of part "to" is the value of part "from", which nothing else reads.
	link struct {
		from, to int
		operand  byte
	}
)

// fuse replaces the operation of each instruction that begins a fusion, so that a straight run takes the fewest steps. The
// instructions behind it stay as they are.
func (c *comp) fuse() {
	plain := make([]uint16, len(c.f.ops))
	for i := range plain {
		plain[i] = c.f.ops[i].op
	}
	steps := make([]int, len(plain)+1) // from each instruction to the end
	for i := len(plain) - 1; i >= 0; i-- {
		steps[i] = 1 + steps[i+1]
		if int(plain[i]) >= len(fusions) {
			continue
		}
		for _, f := range fusions[plain[i]] {
			if n := len(f.parts); i+n <= len(plain) && 1+steps[i+n] < steps[i] && slices.Equal(plain[i:i+n], f.parts) && c.linked(f, c.f.ops[i:]) {
				c.f.ops[i].op, steps[i] = f.op, 1+steps[i+n]
			}
		}
	}
}

// linked reports that the parts of f take from each other what they should.
func (c *comp) linked(f fusion, parts []instr) bool {
	for _, l := range f.links {
		v := parts[l.from].a
		if !c.once[v] && f.keeps>>l.from&1 == 0 {
			return false
		}
		to := &parts[l.to]
		at := map[byte]*int32{'a': &to.a, 'b': &to.b, 'c': &to.c}[l.operand]
		if *at != v && l.operand == 'b' && to.c == v && commutative(f.parts[l.to]) {
			to.b, to.c = to.c, to.b
		}
		if *at != v {
			return false
		}
	}
	return true
}

func commutative(op uint16) bool {
	switch op {
	case opAdd, opMul, opAnd, opOr, opXor, opAddF, opMulF:
		return true
	}
	return false
}
