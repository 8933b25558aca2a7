// Package goroot holds the engine against Go's own test programs: every file of $(go env GOROOT)/test that starts with
// "// run" and imports only registered packages must behave under the engine as its .out file or exit status says.
//
// testdata/failing.txt names those that ought to pass and do not, each with its reason. testdata/apart.txt names programs of
// the four kinds that no interpreter is asked for (package unsafe, compiler flags, the collector, the compiler's stack
// traces). The test runs them all, and fails for a program that fails unlisted and for a listed one that passes; only
// what is up to the collector may do either.
//
// What passes as a program is also cut into the cells of one session (program.Split; testdata/cells.txt), and so are the
// documented examples of the standard library (testdata/examples.txt). SIGHTLINE_GOROOT=all runs everything, another value
// what it is part of the path of; otherwise a sample runs.
package goroot
