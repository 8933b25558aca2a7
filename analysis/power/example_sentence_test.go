package power_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/power"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExamplePower_Sentence() {
	for _, looks := range []float64{30, 120} {
		p, err := power.Exact(rate.Design{Side: rate.Greater}, power.Truth{First: 0.66, Second: 0.40, FirstLooks: looks, SecondLooks: looks})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(p.Sentence())
	}
	// Output:
	// If the rates are 0.66 and 0.4, 30 and 30 looks show a difference with a chance of 0.338.
	// If the rates are 0.66 and 0.4, 120 and 120 looks show a difference with a chance of 0.853.
}
