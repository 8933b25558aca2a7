// Package difftest compares the cell engine with the Go compiler on random programs.
//
// A program is written from a seed: types, functions with generics, closures, methods, defer and recover, every kind of
// loop, switches, maps, slices and conversions, and a function Main that returns a trace of what happened, run-time
// panics included. The compiler builds many such programs into one binary, the engine runs each as a cell of a new
// session, and as a cell for each declaration, and the traces must be equal. Programs compile by construction, and
// nothing in a trace depends on map order, addresses or time.
package difftest
