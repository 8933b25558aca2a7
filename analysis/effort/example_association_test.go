package effort_test

import (
	"context"
	"fmt"

	"github.com/sightline-osint/sightline/analysis/effort"
	"github.com/sightline-osint/sightline/analysis/rate"
)

func ExampleAssociation() {
	// Rows: bulk, container, tanker; columns: three quays.
	ships := [][]int{{8, 2, 5}, {0, 7, 4}, {1, 1, 9}}
	result, err := effort.Association(context.Background(), ships, effort.AssociationOptions{Question: "Do kinds of ships keep to quays?"})
	fmt.Println(result, err)
	// Output:
	// Do kinds of ships keep to quays?
	// method           Fisher's exact test of a table
	// null hypothesis  the rows and columns are independent
	// side             one-sided, greater
	// table            37 values
	// Cramér's V       0.5234
	// interval         none: the exact test has no interval of V
	// P                6.94e-04
	// Cramér's V is 0.5234; that the two classifications go together is shown (P = 6.94e-04).
	// (design: level 0.95; 3 by 3 classes; source: Freeman and Halton 1951; R fisher.test) <nil>
}

func ExampleSensitivity_Range() {
	table, err := effort.Vary(rate.Design{}, rate.Of(36).In(30, "looks"), rate.Of(7).In(31, "looks"), []float64{12, 25}, []float64{12, 25})
	low, high := table.Range()
	fmt.Printf("%.2f to %.2f %v\n", low, high, err)
	// Output:
	// 2.47 to 10.71 <nil>
}

func ExampleErasure_Sentence() {
	weak, err := effort.EmptyLooks(rate.Design{}, rate.Of(5).In(30, "looks"), rate.Of(4).In(30, "looks"))
	fmt.Println(weak.Sentence(), err)
	// Output:
	// There is no result to erase: the null value is not rejected as it stands (P = 1). <nil>
}
