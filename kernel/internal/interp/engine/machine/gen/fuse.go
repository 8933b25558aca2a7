package main

import (
	"fmt"
	"regexp"
	"strings"
)

// A fusion does several instructions that follow each other in one step of the loop. Each of them stays where it is, for
// who jumps there, for its operands and for when it fails: only the first one's code is replaced. A value that one instruction
// makes only for a later one of the fusion goes there in a register and is not stored.
type fusion struct {
	parts []string // names of operations
	links []link
	keeps int // a bit for each part whose value is needed afterwards as well
}

func (f fusion) keep(part int) bool { return f.keeps>>part&1 != 0 }

// link tells that an operand of part "to" is the value of part "from".
type link struct {
	from, to int
	operand  string
}

var fused []fusion

// fuse adds a fusion, written as its operations with a colon and the operands that each takes from an earlier one: "c" from
// the one before it, "c0" from the first. An exclamation mark says that a value is needed afterwards.
func fuse(text string) {
	var f fusion
	for i, w := range strings.Fields(text) {
		name, from, _ := strings.Cut(w, ":")
		if strings.HasSuffix(name, "!") {
			name, f.keeps = name[:len(name)-1], f.keeps|1<<i
		}
		f.parts = append(f.parts, name)
		for len(from) > 0 {
			l := link{i - 1, i, from[:1]}
			if from = from[1:]; from != "" && from[0] >= '0' && from[0] <= '9' {
				l.from, from = int(from[0]-'0'), from[1:]
			}
			f.links = append(f.links, l)
		}
	}
	fused = append(fused, f)
	add(op{name: f.name(), flow: f.code(), rest: named[f.parts[0]].rest})
}

func (f fusion) name() string {
	s := strings.Join(f.parts, "_")
	for _, l := range f.links {
		s += fmt.Sprintf("_%d%s%d", l.from, l.operand, l.to)
	}
	if f.keeps != 0 {
		s += fmt.Sprintf("_keeps%d", f.keeps)
	}
	return s
}

// passed is the variable of a part's value if it goes to a later part.
func (f fusion) passed(part int) string {
	for _, l := range f.links {
		if l.from == part {
			return fmt.Sprintf("v%d", part)
		}
	}
	return ""
}

var (
	operandOf = regexp.MustCompile(`\bin\.`)
	leaves    = regexp.MustCompile(`\bbreak\b`)
)

// code is the loop's code for f.
func (f fusion) code() string {
	var b strings.Builder
	last := len(f.parts) - 1
	for i, name := range f.parts {
		o, ok := named[name]
		if !ok || o.body() == "" || o.flow != "" && i != last {
			panic("cannot fuse " + name)
		}
		if v := f.passed(i); v != "" {
			code := o.find + v + " = " + o.value
			if f.keep(i) {
				code += "\n" + put("a", v)
			}
			fmt.Fprintf(&b, "var %s %s\n{\n%s\n}\n", v, o.typ, f.own(code, i))
		} else if i < last {
			fmt.Fprintf(&b, "{\n%s\n}\n", f.own(strings.TrimSuffix(o.body(), next), i))
		} else {
			b.WriteString(f.own(o.body(), i))
		}
	}
	return f.withInstructions(b.String())
}

// withInstructions finds the instructions that code uses: before it, and again after each call, those that are used from there on.
func (f fusion) withInstructions(code string) string {
	stretches := strings.Split(code, reload)
	first := ""
	for i := range f.parts {
		in := instruction(i)
		if i > 0 && strings.Contains(stretches[0], in+".") {
			first += in + " := " + f.at(i)
		} else if i > 0 && strings.Contains(code, in+".") {
			first += "var " + in + " *instr\n"
		}
		for k, stretch := range stretches {
			if k > 0 && strings.Contains(stretch, in+".") {
				stretches[k] = "\n" + in + " = " + f.at(i) + stretch
			}
		}
	}
	return first + strings.Join(stretches, "\n")
}

// at is where the instruction of part i lies.
func (fusion) at(i int) string { return fmt.Sprintf("mem.As[instr](mem.Add64(ip, %d*instrSize))\n", i) }

// instruction is the variable of a part's instruction.
func instruction(part int) string {
	if part == 0 {
		return "in"
	}
	return fmt.Sprintf("n%d", part)
}

// own makes the code of an operation that of part i.
func (f fusion) own(code string, i int) string {
	in := instruction(i)
	code = operandOf.ReplaceAllString(code, in+".")
	for _, l := range f.links {
		if l.to == i {
			code = take(code, in+"."+l.operand, f.passed(l.from), named[f.parts[l.from]].typ)
		}
	}
	if i > 0 {
		code = strings.ReplaceAll(code, "ip = mem.Add(ip, "+in+".c)", fmt.Sprintf("ip = mem.Add64(ip, int64(%s.c)+%d*instrSize)", in, i))
		code = strings.ReplaceAll(code, next, fmt.Sprintf("\nip = mem.Add64(ip, %d*instrSize)\ncontinue", i+1))
		code = leaves.ReplaceAllString(code, f.unfinished(i))
	}
	return code
}

// unfinished stores what the parts before part n made and goes on with that one alone.
func (f fusion) unfinished(n int) string {
	var b strings.Builder
	for i := range n {
		if v := f.passed(i); v != "" && !f.keep(i) {
			fmt.Fprintf(&b, "mem.Put(fp, %s.a, %s)\n", instruction(i), v)
		}
	}
	return b.String() + fmt.Sprintf("ip = mem.Add64(ip, %d*instrSize)\ncontinue", n)
}

// take replaces the reading of an operand by variable v of type typ.
func take(code, operand, v, typ string) string {
	read := regexp.MustCompile(`mem\.Ld\[([\w.\[\]]+)\]\(fp, ` + regexp.QuoteMeta(operand) + `\)`)
	found := false
	code = read.ReplaceAllStringFunc(code, func(s string) string {
		found = true
		switch want := read.FindStringSubmatch(s)[1]; {
		case want == typ:
			return v
		case typ == "float64" && want == "uint64":
			return "math.Float64bits(" + v + ")"
		case typ == "bool" && want == "uint64":
			return "word(" + v + ")"
		case typ == "bool" && want == "uint8":
			return "uint8(word(" + v + "))"
		case strings.Contains(typ, "int") && strings.Contains(want, "int"):
			return want + "(" + v + ")"
		default:
			panic("cannot pass " + typ + " as " + want)
		}
	})
	if !found {
		panic(operand + " is not read: " + code)
	}
	return code
}

// fusionTable is the table by which functions are compiled: for each first operation its fusions, the longest first.
func fusionTable() string {
	var b strings.Builder
	b.WriteString("\n// fusions are the fusions that begin with an operation, the longest first.\nvar fusions = [...][]fusion{\n")
	for _, o := range ops {
		var lines [12]string
		for _, f := range fused {
			if f.parts[0] != o.name {
				continue
			}
			var links strings.Builder
			for _, l := range f.links {
				fmt.Fprintf(&links, "{%d, %d, '%s'},", l.from, l.to, l.operand)
			}
			lines[len(f.parts)] += fmt.Sprintf("{op%s, %d, []uint16{op%s}, []link{%s}},\n", f.name(), f.keeps, strings.Join(f.parts, ", op"), links.String())
		}
		var all string
		for n := len(lines) - 1; n > 0; n-- {
			all += lines[n]
		}
		if all != "" {
			fmt.Fprintf(&b, "op%s: {\n%s},\n", o.name, all)
		}
	}
	b.WriteString("}\n")
	return b.String()
}
