// Package reference holds numbers worked out by R and scipy, which the tests of the statistical rooms are compared
// with. Only tests import it; data/README.md says where each number comes from.
package reference

import (
	"embed"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
)

//go:embed data/*.csv
var files embed.FS

// TB is the part of testing.TB that the look-ups and comparisons need.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Near fails the test unless got is within the relative error rel of want. A NaN is near nothing.
func Near(t TB, what string, got, want, rel float64) {
	t.Helper()
	if !(math.Abs(got-want) <= rel*math.Abs(want)) {
		t.Errorf("%s: got %.15g, want %.15g", what, got, want)
	}
}

// Rows returns the records of one file of data, without its header.
func Rows(t TB, file string) [][]string {
	t.Helper()
	f, err := files.Open("data/" + file)
	if err != nil {
		t.Fatalf("reference: %v", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("reference: %s: %v", file, err)
	}
	return rows[1:]
}

// R returns the number of one row of reference_R.csv.
func R(t TB, test, name, quantity string) float64 {
	t.Helper()
	return List(t, "reference_R.csv", test, name, quantity)[0]
}

// Py returns the number of one row of reference_py.csv.
func Py(t TB, test, name, quantity string) float64 {
	t.Helper()
	return List(t, "reference_py.csv", test, name, quantity)[0]
}

// List returns all numbers of one row of a reference file.
func List(t TB, file, test, name, quantity string) []float64 {
	t.Helper()
	for _, row := range Rows(t, file) {
		if row[0] == test && row[1] == name && row[2] == quantity {
			return numbers(t, row[3])
		}
	}
	t.Fatalf("reference: %s has no row %s, %s, %s", file, test, name, quantity)
	return nil
}

func numbers(t TB, text string) []float64 {
	var out []float64
	for _, f := range strings.Fields(text) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			t.Fatalf("reference: %v", err)
		}
		out = append(out, v)
	}
	return out
}

// Column returns one column of an input file as numbers; every cell must be one.
func Column(t TB, file string, column int) []float64 {
	t.Helper()
	var out []float64
	for _, row := range Rows(t, file) {
		out = append(out, numbers(t, row[column])...)
	}
	return out
}

// Text returns one column of an input file as text.
func Text(t TB, file string, column int) []string {
	t.Helper()
	var out []string
	for _, row := range Rows(t, file) {
		out = append(out, row[column])
	}
	return out
}
