package censored_test

import (
	"fmt"

	"github.com/sightline-osint/sightline/analysis/censored"
)

func ExampleApprox_Within() {
	about := censored.About(5).Within(2)
	fmt.Println(about.Low, about.High, about)
	// Output:
	// 3 7 about 5 (± 2)
}

func ExampleExactly() {
	fmt.Println(censored.Exactly(7).Low, censored.Exactly(7).High)
	// Output:
	// 7 7
}

func ExampleMoreThan() {
	more := censored.MoreThan(70)
	fmt.Println(more.Low, more.High == censored.Unbounded, more)
	// Output:
	// 71 true more than 70
}

func ExampleFewerThan() {
	fmt.Println(censored.FewerThan(4).Low, censored.FewerThan(4).High, censored.AtMost(4).High, censored.Between(2, 4))
	_, err := censored.Rate(censored.Each(censored.FewerThan(0)), 0)
	fmt.Println(err)
	// Output:
	// 0 3 4 2 to 4
	// censored: row 1: look count 0 to -2: must run from 0 or more up to its end
}

func ExampleAtMost() {
	fmt.Println(censored.AtMost(4))
	// Output:
	// at most 4
}

func ExampleBetween() {
	fmt.Println(censored.Between(2, 4))
	// Output:
	// 2 to 4
}

func ExampleEach() {
	looks := censored.Each(censored.Exactly(2), censored.AtLeast(3), censored.About(6).Within(1))
	fmt.Println(len(looks), censored.Total(looks))
	// Output:
	// 3 at least 10
}
