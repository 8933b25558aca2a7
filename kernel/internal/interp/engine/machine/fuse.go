package machine

import "slices"

type (
	// fusion is an operation that does those of several instructions in one step.
	fusion struct {
		op    uint16
		keeps bool // the value of the first part is needed afterwards
		parts []uint16
		links []link
	}

	// link tells that an operand of part "to" is the value of part "from", which nothing else reads.
	link struct {
		from, to int
		operand  byte
	}
)

// fuse replaces the operation of each instruction that begins a fusion. The instructions behind it stay as they are.
func (c *comp) fuse() {
	plain := make([]uint16, len(c.f.ops))
	for i := range plain {
		plain[i] = c.f.ops[i].op
	}
	for i, op := range plain {
		if int(op) >= len(fusions) {
			continue
		}
		for _, f := range fusions[op] {
			if n := len(f.parts); i+n <= len(plain) && slices.Equal(plain[i:i+n], f.parts) && c.linked(f, c.f.ops[i:]) {
				c.f.ops[i].op = f.op
				break
			}
		}
	}
}

// linked reports that the parts of f take from each other what they should.
func (c *comp) linked(f fusion, parts []instr) bool {
	for _, l := range f.links {
		v := parts[l.from].a
		if !c.once[v] && !(f.keeps && l.from == 0) {
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
