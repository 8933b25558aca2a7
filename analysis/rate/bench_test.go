package rate

import "testing"

func BenchmarkExactTest(b *testing.B) {
	after, before := Of(41).In(62, "looks"), Of(23).In(58, "looks")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Design{}).Compare(after, before); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkETest(b *testing.B) {
	after, before := Of(41).In(62, "looks"), Of(23).In(58, "looks")
	for b.Loop() {
		if _, err := (Design{Method: ETest}).Compare(after, before); err != nil {
			b.Fatal(err)
		}
	}
}
