package length_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/length"
)

func ExampleClasses_Sentence() {
	ships := []length.Class{{Name: "coaster", Mean: 85, SD: 12, Share: 0.5}, {Name: "handysize", Mean: 170, SD: 12, Share: 0.3}}
	answer, err := length.Classify(150, 10, ships, 20, 300)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Sentence())
	// Output:
	// A length of 150 ± 10 m fits handysize best (probability 0.825 with the shares given).
}
