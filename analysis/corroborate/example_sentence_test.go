package corroborate_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/corroborate"
)

func ExampleWeight_Sentence() {
	weight, err := corroborate.Combine([]corroborate.Report{{Source: "agency", Images: []string{"a"}, Factor: 4}, {Source: "newspaper", Images: []string{"a"}, Factor: 3}}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(weight.Sentence())
	weight, err = corroborate.Combine([]corroborate.Report{{Source: "agency", Factor: 4}, {Source: "customs", Factor: 0.5}}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(weight.Sentence()) // nothing is shared
	// Output:
	// 2 reports form 1 independent group; together they make the claim 4 times more credible (from 4 times more credible to 12 times more credible, depending on how much they share).
	// 2 reports form 2 independent groups; together they make the claim 2 times more credible.
}

func ExampleMatrix_Sentence() {
	matrix, err := corroborate.Compete([]string{"arms", "trade", "repair"}, []corroborate.Evidence{
		{Text: "closed cars", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.Consistent, corroborate.Inconsistent}},
		{Text: "no customs record", Marks: []corroborate.Consistency{corroborate.Consistent, corroborate.Inconsistent, corroborate.Inconsistent}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(matrix.Sentence())
	// Output:
	// Least contradicted: arms (0), before trade (1); this is an order, no probability.
}

func ExampleIdentity_Sentence() {
	identity, err := corroborate.SameObject(crossing(10, 24, 0, "blue", "red"), crossing(13, 10, 2.75, "blue", "brown"), line)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(identity.Sentence())
	// Output:
	// One object would have moved at 0.841 to 1.15 km/h; the positions make one object 22.1 times less likely than another, the marks (1 of 2 agree in order) 1.78 times less likely than another.
}
