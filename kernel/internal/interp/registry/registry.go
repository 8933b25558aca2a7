// Package registry describes compiled packages to an interpreter: values, types and type information that cells can
// import without a Go toolchain. The tables themselves are generated into package symbols, or into a kernel that
// "%packages add" builds; nothing here runs at import time.
package registry

import (
	"context"
	"reflect"
	"runtime"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

// Entry is a registered package before its first use. Load is called at most once by an engine.
type Entry struct {
	Path, Name string
	Synopsis   string // first sentence of the package documentation
	Load       func() *Package
}

// Package is what cells see of one compiled package.
type Package struct {
	Path, Name string

	// Types are the exported types without type parameters, and those that users meet but cannot name: unexported ones by
	// their name, those of packages without a table by "path.Name".
	Types map[string]reflect.Type

	Vars  map[string]reflect.Value // exported variables, as pointers
	Funcs map[string]reflect.Value // exported functions without type parameters

	// Consts are the constants that differ between systems. They win over those of Export.
	Consts map[string]any

	// Bound holds functions and variables that depend on the cell that uses them (fmt.Println, os.Stdout, os.Exit,
	// display.Display). It wins over Funcs and Vars: the function as such, or a pointer for a variable. A method, as
	// "Type.Name", takes the receiver first.
	Bound map[string]func(Run) any

	// Placed holds functions that depend on where they are called (runtime.Caller, log.Println), in the way of Bound. It wins
	// over Bound.
	Placed map[string]func(Place) any

	// Instances holds compiled instances of generic functions, keyed as go/ssa names them: "Sort[[]float64 float64]".
	Instances map[string]reflect.Value

	// Export is type information of everything exported, as gcexportdata reads it.
	Export func() []byte

	// Source is nil, or gives the bodies of exported generic code: Go files of this project by name, checked as though they
	// stood in the package and interpreted. What they declare wins over the same names in Export.
	Source func() map[string]string

	// Added says that Source was cut out of a package that "%packages add" brought: if it does not check, the package goes
	// without it.
	Added bool

	// Doc is the documentation of "Name", "Type.Method", "Type.Field" or, for "", of the package.
	Doc func(name string) string
}

// Place is a call in a cell's code as compiled code sees it.
type Place interface {
	Run

	// Callers are the active functions, the one that calls first: those of cells, then, if compiled code called back, the
	// functions of that. Their program counters mean something to Func, Frames and CellFunc only.
	Callers() []runtime.Frame

	// Func, Frames and CellFunc are runtime.FuncForPC, runtime.CallersFrames and reflect.Value.Pointer of a func value for
	// the functions of cells, too.
	Func(pc uintptr) *runtime.Func
	Frames(pcs []uintptr) *runtime.Frames
	CellFunc(f reflect.Value) uintptr
}

// Run is the execution of one cell as compiled code sees it.
type Run interface {
	Context() context.Context // cancelled when the cell is interrupted; carries progress
	Output() interp.Output
	Exit(code int) // ends the cell: os.Exit, log.Fatal; does not return
}
