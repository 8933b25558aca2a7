package corroborate_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/corroborate"
)

func ExampleWeight_Posterior() {
	reports := []corroborate.Report{{Source: "think tank", Images: []string{"a"}, Factor: 4}, {Source: "newspaper", Images: []string{"a"}, Factor: 3}, {Source: "ship tracker", Factor: 2}}
	weight, err := corroborate.Combine(reports, 1)
	p, bad := weight.Posterior(0.5)
	word, none := weight.Words(0.5)
	fmt.Printf("%.3f, %s %v %v %v\n", p, word, err, bad, none)
	// Output:
	// 0.889, very likely <nil> <nil> <nil>
}

func ExampleGrade_Words() {
	grade, err := corroborate.ParseGrade("B2")
	fmt.Println(grade.Words(), grade.Judged(), err)
	// Output:
	// usually reliable source; information probably true true <nil>
}

func ExampleGrade_Judged() {
	a, _ := corroborate.ParseGrade("B2")
	b, _ := corroborate.ParseGrade("F6")
	fmt.Println(a.Judged(), b.Judged())
	// Output:
	// true false
}

func ExampleWeight_Words() {
	w, err := corroborate.Combine([]corroborate.Report{{Source: "image", Factor: 8, Images: []string{"a"}}, {Source: "article", Factor: 6, Images: []string{"a"}}}, 1)
	word, errWord := w.Words(0.3)
	fmt.Println(word, err, errWord)
	// Output:
	// likely <nil> <nil>
}
