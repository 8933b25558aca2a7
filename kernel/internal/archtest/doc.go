// Package archtest holds the rules of the house that a machine can check: what never imports what, one package comment
// a package, no second main. It has tests only.
package archtest
