package typeface

import (
	"math"
	"testing"
)

func TestEveryScriptOfTheBorderIsDrawn(t *testing.T) {
	for _, text := range []string{
		"Tumangang freight yard", "두만강역 — 라선시", "뷁 쐐 없습니다", "図們江駅 羅津港", "图们江 朝鲜 罗津港", "Хасан – Туманган", "Γραμμή ≥ 70 → 5×200 m ±",
		"خاسان 2023", "é ő ř ş ģ", "1 234,5 °C µm ½",
	} {
		for _, bold := range []bool{false, true} {
			line := Shape(text, bold)
			if len(line.Missing) > 0 {
				t.Errorf("%q: missing %q", text, line.Missing)
			}
			if len(line.Parts) == 0 || line.Width < 2 {
				t.Errorf("%q: %d parts, %.2f em wide", text, len(line.Parts), line.Width)
			}
		}
	}
}

func TestWhatNoFontHoldsIsNamedAndDrawnAsABox(t *testing.T) {
	line := Shape("ภ A क ภ", false)
	if got := string(line.Missing); got != "ภक" {
		t.Errorf("missing %q, want each Thai and Devanagari letter once", got)
	}
	if only := Shape("ภ", false); len(only.Parts) == 0 {
		t.Error("a missing character leaves no box")
	}
}

func TestArabicIsJoinedAndRunsRightToLeft(t *testing.T) {
	whole, apart := Shape("سلام", false), 0.0
	for _, r := range "سلام" {
		apart += Shape(string(r), false).Width
	}
	if whole.Width >= apart*0.95 {
		t.Errorf("joined letters are %.2f em, single ones %.2f: not shaped", whole.Width, apart)
	}
	// "ابب": the first letter, a bare upright alef, stands at the right end.
	line := Shape("ابب", false)
	right := 0.0
	for _, s := range line.Parts[0].Path {
		if s.Y > 0.6 {
			right = max(right, s.X)
		}
	}
	if right < line.Width*0.8 {
		t.Errorf("alef stands at %.2f of %.2f em, want the right end", right, line.Width)
	}
	mixed := Shape("Rajin ميناء 2023", false)
	if len(mixed.Missing) != 0 || len(mixed.Parts) < 3 {
		t.Errorf("mixed text: %d parts, missing %q", len(mixed.Parts), mixed.Missing)
	}
}

func TestDigitsAreEquallyWide(t *testing.T) {
	for _, bold := range []bool{false, true} {
		want := Shape("0000", bold).Width
		for _, text := range []string{"1111", "7777", "2023"} {
			if got := Shape(text, bold).Width; math.Abs(got-want) > 1e-6 {
				t.Errorf("%s is %.4f em wide, 0000 %.4f", text, got, want)
			}
		}
	}
}

func TestKerningBringsAVTogether(t *testing.T) {
	if pair, apart := Shape("AV", false).Width, Shape("A", false).Width+Shape("V", false).Width; pair >= apart {
		t.Errorf("AV is %.3f em, A and V apart %.3f", pair, apart)
	}
}

func TestEmptyTextTakesNoRoom(t *testing.T) {
	if line := Shape("", true); line.Width != 0 || line.Parts != nil {
		t.Errorf("got %+v", line)
	}
}

func BenchmarkShapeLabel(b *testing.B) {
	Shape("24 Sep", false)
	for b.Loop() {
		Shape("24 Sep", false)
	}
}

func BenchmarkShapeKorean(b *testing.B) {
	Shape("두만강역", false)
	for b.Loop() {
		Shape("두만강역", false)
	}
}

func TestASpaceIsNarrowInEveryScript(t *testing.T) {
	for _, text := range []string{"羅 津", "라 진", "م ن", "a b"} {
		r := []rune(text)
		space := Shape(text, false).Width - Shape(string(r[0]), false).Width - Shape(string(r[2]), false).Width
		if space < 0.15 || space > 0.45 {
			t.Errorf("%q: the space is %.2f em wide", text, space)
		}
	}
}
