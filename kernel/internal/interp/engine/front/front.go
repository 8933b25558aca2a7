package front

import (
	"go/ast"
	"go/token"
	"go/types"
	"runtime"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Front is the front end of one session. Its methods are not safe for concurrent use, Package apart: the engine calls
// them under the machine's lock.
type Front struct {
	Fset *token.FileSet
	Prog *ssa.Program

	session             // what cells have declared
	sources    *Sources // their texts
	sizes      types.Sizes
	tables     sync.Mutex // of the tables in registered
	registered map[string]*imported
	exports    map[string]*types.Package // as the reader of export data knows them, complete or not
	prelude    *types.Package            // nil until a cell mentions one of its names
	offered    map[string]string         // imports that completions have offered, path by name
	failed     map[string]string         // the last cell that was to declare a name and failed, by name
	late       map[*ssa.Function]bool    // methods of later cells than their types, as functions
	numbers    map[token.Pos]int         // of types that functions declare
	roots      []any                     // where instances of generic types are looked for, besides here
}

// session is what the cells so far have declared.
type session struct {
	objects map[string]types.Object // variables, constants, types and functions
	imports map[string]string       // path by the name of the import
	dots    []string                // paths imported with a dot
	decls   map[types.Object]*decl  // declarations of types and methods, to recognise them when they come again

	// bodies are the functions that an object of an earlier cell has had, the last one in force; methods that later cells
	// have added or declared again are among them.
	bodies map[types.Object][]*ssa.Function

	// places are the earlier variables of the same name and type that a variable stands for, too.
	places map[types.Object][]*ssa.Global
}

func newSession() session {
	return session{
		objects: map[string]types.Object{},
		imports: map[string]string{},
		decls:   map[types.Object]*decl{},
		bodies:  map[types.Object][]*ssa.Function{},
		places:  map[types.Object][]*ssa.Global{},
	}
}

// decl is the text of a declaration and what its names mean.
type decl struct {
	text string
	uses map[string]types.Object
}

// New starts a session.
func New(entries []registry.Entry) *Front {
	f := &Front{
		Fset:       token.NewFileSet(),
		session:    newSession(),
		sources:    &Sources{text: map[string]string{}},
		sizes:      types.SizesFor("gc", runtime.GOARCH),
		registered: make(map[string]*imported, len(entries)),
		exports:    map[string]*types.Package{},
		offered:    map[string]string{},
		failed:     map[string]string{},
		late:       map[*ssa.Function]bool{},
		numbers:    map[token.Pos]int{},
	}
	f.Prog = ssa.NewProgram(f.Fset, ssa.InstantiateGenerics|ssa.BareInits|ssa.BuildSerially)
	for _, e := range entries {
		f.registered[e.Path] = &imported{entry: e}
	}
	return f
}

// Sources are the texts of the cells.
func (f *Front) Sources() *Sources { return f.sources }

// Unit is a compiled cell. It becomes part of the session by Commit; Discard forgets it.
type Unit struct {
	Name    string
	Body    *ssa.Function
	Results []*ssa.Global // the values of the last expression
	Types   []string      // their types, as a compiled program prints them
	Hide    bool          // they are not shown: a semicolon follows the expression
	Methods int           // how many methods the cell adds to types

	Shares    []Share
	Rebinds   []Rebind
	Replaces  []Replace
	Redirects []Redirect

	front   *Front
	pkg     *types.Package
	types   *Unit // the types of the cell, where they had to come first
	imports map[string]string
	dots    []string
	added   []string // paths of imports that the cell lacked
	decls   map[types.Object]*decl
	bodies  map[types.Object][]*ssa.Function
	places  map[types.Object][]*ssa.Global
	undo    []func()
}

// Share gives a variable of the cell the storage of an earlier one.
type Share struct{ New, Old *ssa.Global }

// Rebind is a variable that the cell defines anew with the type that it had: functions of earlier cells, which mention Old,
// are to find New. It begins with the value that the last of Old has.
type Rebind struct {
	Old []*ssa.Global
	New *ssa.Global
}

// Replace is a function that takes the place of earlier ones with the same signature, the last of which is in force.
type Replace struct {
	Old []*ssa.Function
	New *ssa.Function
}

// Redirect is the implementation, with the receiver as first parameter, of a method that its type did not have before.
type Redirect struct {
	Method *types.Func
	Impl   *ssa.Function
}

// Commit makes what the cell declares part of the session.
func (u *Unit) Commit() {
	if u.types != nil {
		u.types.Commit()
	}
	f := u.front
	for name, path := range u.imports {
		f.imports[name] = path
		delete(f.objects, name)
	}
	f.dots = append(f.dots, u.dots...)
	scope := u.pkg.Scope()
	for _, n := range scope.Names() {
		if o := scope.Lookup(n); o.Pkg() == u.pkg && !hidden(n) {
			if old := f.objects[n]; old != nil {
				delete(f.decls, old)
			}
			f.objects[n] = o
			delete(f.imports, n)
		}
	}
	for o, d := range u.decls {
		f.decls[o] = d
	}
	for o, b := range u.bodies {
		f.bodies[o] = b
	}
	for o, p := range u.places {
		f.places[o] = p
	}
	u.undo = nil
	emptyScopes(u.pkg)
	emptyFunctions(u.Body.Pkg)
	u.Body.Blocks, u.Body.Locals, u.Body.Params = nil, nil, nil // it has run, and never runs again
}

// Discard leaves the session as it was before the cell.
func (u *Unit) Discard() {
	for i := len(u.undo) - 1; i >= 0; i-- {
		u.undo[i]()
	}
	u.undo = nil
	if u.types != nil {
		u.types.Discard()
	}
}

// Reset forgets everything that cells have declared.
func (f *Front) Reset() {
	f.session = newSession()
	clear(f.offered)
	clear(f.failed)
}

// Objects visits what the session holds, imports apart.
func (f *Front) Objects(visit func(name string, o types.Object)) {
	for n, o := range f.objects {
		visit(n, o)
	}
}

// Global is the variable of the session with that name, or nil.
func (f *Front) Global(name string) *ssa.Global {
	if v, ok := f.objects[name].(*types.Var); ok {
		g, _ := f.Prog.Package(v.Pkg()).Members[name].(*ssa.Global)
		return g
	}
	return nil
}

func newInfo() *types.Info {
	return &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Scopes:       map[ast.Node]*types.Scope{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Instances:    map[*ast.Ident]types.Instance{},
		FileVersions: map[*ast.File]string{},
	}
}
