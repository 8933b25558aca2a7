package censored_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/censored"
)

func ExampleLaw_Sentence() {
	lengths, err := censored.Turnbull([]censored.Span{{Low: 150, High: 250}, {Low: 200, High: 300}, {Low: 60, High: 110}, {Low: 90, High: 240}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(lengths.Sentence())
	// Output:
	// Half of the values lie below a median between 200 and 240; where in a span its probability lies is not known.
}
