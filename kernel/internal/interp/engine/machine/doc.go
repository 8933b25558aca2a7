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
//
// What differs from compiled code, on purpose: use of one map on several goroutines is made safe instead of fatal; a panic
// on a goroutine that compiled code started (sync.WaitGroup.Go, time.AfterFunc) is reported and ends that goroutine only,
// without reaching a recover of the compiled code below; an object may live until the function that used it last
// returns; functions of package unsafe and conversions of uintptr to unsafe.Pointer are refused.
//
// Methods of built types that compiled code calls go through stubs (rule R7 of package mem). A type lives as long as the
// process, and so do its stubs: there are MaxMethods of them, and a cell that would come near the last is refused.
package machine
