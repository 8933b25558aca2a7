package multiplicity_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/multiplicity"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleFamily_Sentence() {
	yard, err := rate.Design{Question: "yard"}.Compare(rate.Of(41).In(62, "looks"), rate.Of(23).In(58, "looks"))
	if err != nil {
		fmt.Println(err)
		return
	}
	port, err := rate.Design{Question: "port"}.Compare(rate.Of(37).In(49, "looks"), rate.Of(12).In(49, "looks"))
	if err != nil {
		fmt.Println(err)
		return
	}
	family, err := multiplicity.Results(multiplicity.MethodHolm, 0, yard, port)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(family.Sentence())
	// Output:
	// 1 of 2 null hypotheses are rejected at the 5 % level after Holm's correction.
}
