package sighting

import "testing"

func TestQuantitiesAreWordedAsPeopleSayThem(t *testing.T) {
	for want, q := range map[string]Quantity{
		"1 train":                  {Best: N(1), Qualifier: "exact", Unit: "train"},
		"0 trains":                 {Best: N(0), Qualifier: "exact", Unit: "train"},
		"about 5 trains":           {Best: N(5), Qualifier: "about", Unit: "train"},
		"at least 1 railcar":       {Low: N(1), Qualifier: "at_least", Unit: "railcar"},
		"2 to 3 railcars":          {Low: N(2), High: N(3), Qualifier: "range", Unit: "railcar"},
		"several ships":            {Qualifier: "several", Unit: "ship"},
		"about 3 aircraft":         {Best: N(3), Qualifier: "about", Unit: "aircraft"},
		"about 40 percent_of_yard": {Best: N(40), Qualifier: "about", Unit: "percent_of_yard"},
		"12":                       {Best: N(12), Qualifier: "exact"},
		"":                         {Qualifier: "not_stated", Unit: "ship"},
	} {
		if got := q.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
