// Package engine runs the cells of one session: Go as the specification says, with the rules of a notebook.
//
// A cell goes through these rooms:
//
//	front    text -> checked package of one ssa.Program; what of it joins the session
//	machine  functions in SSA form -> instructions -> values; goroutines, panics, interrupts
//	mem      every use of unsafe that running code needs
//	rtype    run-time types of what cells declare
//
// The engine ties them together: it compiles a cell under the machine's lock, lends its output (output.go), runs it, and
// says what came of it (failure.go). Completion and inspection are package assist.
//
// A cell that fails to compile, panics, or is interrupted leaves no names behind; what it did to the values of earlier
// cells remains. Goroutines outlive their cell and write to it. os.Exit, log.Fatal and runtime.Goexit end the cell;
// os.Exit(0) and runtime.Goexit end it as though it were done.
package engine
