// Package difftest compares the cell engine with the Go compiler on random programs.
//
// A program is written from a seed, of one of four kinds. Mixed ones have types, functions with generics, closures, methods,
// defer and recover, every kind of loop, switches, maps, slices and conversions (program.go, statement.go, expression.go,
// more.go, wide.go). Jumps nest loops over everything in each other, iterators that misbehave included, with labels, goto,
// defer, panics, goroutines and exits out of any depth (jump.go). Typed ones declare random types with methods and do with
// values of them whatever go/types says is possible, through fmt, encoding/json and reflect too (typed.go, typedact.go).
// Sums calculate at the edges of every width, with constant expressions (sums.go).
//
// Each has a function Main that returns a trace of what happened, run-time panics included. The compiler builds many such
// programs into one binary, the engine runs each as a cell of a new session, and as a cell for each declaration, and the
// traces must be equal. Programs compile by construction, or because go/types was asked, and nothing in a trace depends on
// map order, addresses or time.
package difftest
