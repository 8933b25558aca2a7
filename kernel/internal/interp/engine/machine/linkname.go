package machine

import (
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// linkName is the name that the linker would give the function.
func linkName(f *ssa.Function) string {
	if p := f.Parent(); p != nil {
		return linkName(p) + literalName(f, p)
	}
	name := f.String()
	recv, method, ok := strings.Cut(name, ").") // "(*path.T[A]).M", "(path.T).M"
	if !ok {
		if name == "main.cell·" {
			return "main.main"
		}
		base, _, generic := strings.Cut(name, "[")
		return base + arguments(generic)
	}
	if _, late, ok := strings.Cut(method, "·"); ok { // of a later cell
		method = late
	}
	method, _, _ = strings.Cut(method, "[")
	typ, pointer := strings.CutPrefix(strings.TrimPrefix(recv, "("), "*")
	typ, _, generic := strings.Cut(typ, "[")
	dot := strings.LastIndex(typ, ".") + 1
	typ, path := typ[dot:]+arguments(generic), typ[:dot]
	if pointer {
		typ = "(*" + typ + ")"
	}
	return path + typ + "." + method
}

func arguments(generic bool) string {
	if generic {
		return "[...]"
	}
	return ""
}

// literalName is what the name of the function literal, or of the body of a loop over a function, f adds to that of p, which it
// stands in. Each kind is counted for itself.
func literalName(f, p *ssa.Function) string {
	body := loopBody(f)
	n := 0
	for _, x := range p.AnonFuncs {
		if loopBody(x) == body {
			n++
		}
		if x == f {
			break
		}
	}
	switch {
	case body:
		return "-range" + strconv.Itoa(n)
	case p.Parent() != nil && !loopBody(p):
		return "." + strconv.Itoa(n)
	}
	return ".func" + strconv.Itoa(n)
}

func loopBody(f *ssa.Function) bool { return strings.HasPrefix(f.Synthetic, "range-over-func") }
