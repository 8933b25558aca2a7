package mem

import "testing"

func TestFieldFindsItByNameAndType(t *testing.T) {
	type point struct {
		x int8
		y []int
	}
	p := point{1, []int{2}}
	*Field[[]int](&p, "y") = []int{3, 4}
	if len(p.y) != 2 || *Field[int8](&p, "x") != 1 {
		t.Errorf("%v", p)
	}
	if Field[int](&p, "x") != nil || Field[[]int](&p, "z") != nil || Field[int8]((*point)(nil), "x") != nil {
		t.Error("a field that is not there was found")
	}
}
