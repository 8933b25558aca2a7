package magic

import (
	"strings"
	"testing"
)

// show writes steps in one line each.
func show(steps []Step) string {
	var b strings.Builder
	for _, s := range steps {
		switch s.Kind {
		case Go:
			b.WriteString("go <" + strings.ReplaceAll(s.Code, "\n", "⏎") + ">\n")
		case LineMagic:
			b.WriteString("%" + s.Name + " <" + s.Args + ">\n")
		case CellMagic:
			b.WriteString("%%" + s.Name + " <" + s.Args + "> <" + s.Body + ">\n")
		case Shell:
			b.WriteString("! <" + s.Args + ">\n")
		case Question:
			b.WriteString("? <" + s.Name + ">" + strings.Repeat(" more", len(map[bool][]int{true: {1}}[s.More])) + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestSplit(t *testing.T) {
	known := func(name string) bool { return name == "ok" }
	for _, c := range []struct{ what, code, want string }{
		{"Go alone is one step", "x := 1\ny := 2", "go <x := 1⏎y := 2>"},
		{"white space is no step", " \n\n", ""},
		{"lines keep their numbers", "%cd a\nx := 1\n!ls -l\ny", "%cd <a>\ngo <⏎x := 1⏎>\n! <ls -l>\ngo <⏎⏎⏎y>"},
		{"a cell magic takes the whole cell", "\n%%bash -x\nls\n%who\n", "%%bash <-x> <ls\n%who\n>"},
		{"a raw string is Go", "s := `\n%cd a\n!ls\n`\n%who", "go <s := `⏎%cd a⏎!ls⏎`⏎>\n%who <>"},
		{"a comment is Go", "/*\n%cd a\n*/ x := 1 /*\n!ls\n*/\n%who", "go </*⏎%cd a⏎*/ x := 1 /*⏎!ls⏎*/⏎>\n%who <>"},
		{"an operand is Go", "if a &&\n!b {\n!c()\n}\nx := 7 +\n%who", "go <if a &&⏎!b {⏎!c()⏎}⏎x := 7 +⏎%who>"},
		{"arguments over lines are Go", "f(\n!a,\n)\n!ls", "go <f(⏎!a,⏎)⏎>\n! <ls>"},
		{"a negated variable is Go", "!ok", "go <!ok>"},
		{"a negated call on a variable is Go", "!ok.Done(ok)", "go <!ok.Done(ok)>"},
		{"a negated variable of the cell is Go", "done := true\n!done", "go <done := true⏎!done>"},
		{"a shell word is no variable", "!ls", "! <ls>"},
		{"dollar is shell", "$ls -l $HOME", "! <ls -l $HOME>"},
		{"shell lines need not be Go tokens", "!echo \"it's\" `date\nx := 1", "! <echo \"it's\" `date>\ngo <⏎x := 1>"},
		{"questions come in four forms", "?fmt.Println\nfmt.Println?\nfmt.Println??\n??a.b", "? <fmt.Println>\n? <fmt.Println>\n? <fmt.Println> more\n? <a.b> more"},
		{"a comment that asks is Go", "// what?\nx := 1", "go <// what?⏎x := 1>"},
		{"a label or a broken line is Go", "x := (\n%who", "go <x := (⏎%who>"},
		{"carriage returns are space", "%cd a\r\nx := 1\r\n", "%cd <a>\ngo <⏎x := 1\r⏎>"},
	} {
		if got := show(Split(c.code, known)); got != c.want {
			t.Errorf("%s:\n%q gives\n%s\nwant\n%s", c.what, c.code, got, c.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"%cd a\nx := 1\n!ls", "%%bash\nls", "s := `\n%x\n`", "/* \n", "?a\nb??", "!\"", "$", "%", "x := 1 /* a\n%b */ ; y"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		line := 0
		for _, s := range Split(code, func(string) bool { return true }) {
			if s.Line < line {
				t.Fatalf("steps of %q are not in order", code)
			}
			line = s.Line
			if s.Kind == Go && strings.Count(s.Code, "\n") > strings.Count(code, "\n") {
				t.Fatalf("a step of %q has more lines than the cell", code)
			}
		}
	})
}
