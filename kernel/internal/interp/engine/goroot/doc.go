// Package goroot holds the engine against Go's own test programs: every file of $(go env GOROOT)/test that starts with
// "// run" and imports only registered packages must behave under the engine as its .out file or exit status says.
//
// testdata/apart.txt names programs that test what no interpreter has (package unsafe, compiler flags, the collector, the
// text of stack traces), testdata/failing.txt those that ought to pass and do not, each with its reason. The test fails
// for a program that fails unlisted and for a listed one that passes.
package goroot
