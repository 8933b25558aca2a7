// Package machine runs functions in SSA form: the back end of the cell engine.
//
// A Machine compiles an ssa.Function on its first call into fixed-size instructions over a frame in native layout, and
// runs them in one loop. Calls between interpreted functions stay in the loop; functions that defer re-enter Go, so that
// panics, recover and runtime.Goexit ride on Go's own. Func values are real Go func values, so that compiled code can
// call them, and compiled functions are called by the shape of their signature or by reflection.
//
// A Run is the execution of one cell together with the goroutines it starts. Interrupting it stops interpreted code at
// the next back edge, call or channel operation.
//
// One lock (Machine.Locked) protects everything that compiles: the front end holds it while it type-checks and builds a
// cell, the machine while it compiles a function on its first call. Running code takes it only then. Code, once
// published, never changes; frames belong to one goroutine.
package machine
