package front

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// hidden says whether a name is one that cells cannot write.
func hidden(name string) bool { return strings.Contains(name, "·") }

// cell is a cell on its way to a Unit.
type cell struct {
	front     *Front
	unit      *Unit
	src       string
	syn       *syntax
	declared  map[string]bool // names that the package declares, those of top-level variables apart
	mentioned map[string]bool
	implied   map[string]string // imports that the cell lacks and gets, path by name
	viewed    bool              // it is in the writing
	late      []*lateMethod
	bounds    []*types.TypeName // what types of earlier cells ask of their type arguments, under hidden names
	problems  problems

	vars    []*variable          // of the top level, in order of their definitions
	byName  map[string]*variable // the last of that name
	results int                  // values of the last expression
	olds    map[string]types.Object
}

// variable is one that the top level of a cell defines.
type variable struct {
	name string // in the package: hidden if the cell defines the name again later
	obj  types.Object
	typ  types.Type
	pos  token.Pos
}

// Compile turns the text of a cell into a unit, or into all the problems that stand against it.
func (f *Front) Compile(name, src string) (*Unit, []Problem) {
	src = strings.TrimPrefix(src, "\ufeff") // a byte order mark, which files begin with
	f.sources.set(name, src)
	syn, problems := f.parse(name, src)
	if len(problems) > 0 {
		return nil, problems
	}
	names := syn.names()
	u, problems := f.compile(name, src, syn)
	if len(problems) > 0 {
		f.fail(name, names)
	}
	return u, problems
}

func (f *Front) compile(name, src string, syn *syntax) (*Unit, []Problem) {
	c := f.newCell(name, src, syn)
	if c.tooDeep() {
		return nil, c.problems.list()
	}
	c.collect()
	c.keepSame()
	c.bracket()
	if c.findLate() {
		if types := c.splitTypes(); types != nil {
			// What the cell declares as types comes first, as a unit of its own.
			first, problems := f.compile(name, src, types)
			if len(problems) > 0 {
				return nil, problems
			}
			return c.after(first)
		}
	}
	if !c.addLate() || !c.first() || !c.second() {
		c.unit.Discard()
		return nil, c.problems.list()
	}
	return c.unit, nil
}

func (f *Front) newCell(name, src string, syn *syntax) *cell {
	c := &cell{front: f, src: src, syn: syn, olds: map[string]types.Object{}, implied: map[string]string{}, byName: map[string]*variable{}}
	c.unit = &Unit{Name: name, front: f, imports: map[string]string{}, decls: map[types.Object]*decl{}, bodies: map[types.Object][]*ssa.Function{}, places: map[types.Object][]*ssa.Global{}}
	c.problems = problems{front: f, cell: c}
	return c
}

// after compiles the rest of a cell whose types are a unit of their own.
func (c *cell) after(first *Unit) (*Unit, []Problem) {
	f := c.front
	saved := f.session.clone()
	undo := first.undo
	first.Commit()
	first.undo = undo
	u, problems := f.compile(c.unit.Name, c.src, c.syn)
	f.session = saved
	if u == nil {
		first.Discard()
		return nil, problems
	}
	u.types = first
	u.Methods += first.Methods
	return u, nil
}

func (s session) clone() session {
	return session{
		objects: maps.Clone(s.objects), imports: maps.Clone(s.imports), decls: maps.Clone(s.decls), bodies: maps.Clone(s.bodies), places: maps.Clone(s.places),
		dots: slices.Clone(s.dots),
	}
}

// collect finds the names that the cell declares and mentions.
func (c *cell) collect() {
	c.declared, c.mentioned = map[string]bool{cellFunc: true}, map[string]bool{}
	eachIdent(append([]ast.Decl{c.syn.body}, c.syn.decls...), func(id *ast.Ident) { c.mentioned[id.Name] = true })
	for _, d := range c.syn.decls {
		eachDeclared(d, func(id *ast.Ident) { c.declared[id.Name] = true })
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			for _, s := range g.Specs {
				s := s.(*ast.ImportSpec)
				if name := c.front.importName(s); name != "" {
					c.declared[name] = true
				}
			}
		}
	}
}

// importName is the name that an import declares in its file; none for "." and "_".
func (f *Front) importName(s *ast.ImportSpec) string {
	path := importPath(s)
	if s.Name != nil {
		if s.Name.Name == "." || s.Name.Name == "_" {
			return ""
		}
		return s.Name.Name
	}
	if im := f.registered[path]; im != nil {
		return im.entry.Name
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

func importPath(s *ast.ImportSpec) string {
	path, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		return ""
	}
	return path
}

// scope is a new package with the objects of the session that the cell mentions and does not declare.
func (c *cell) scope() *types.Package {
	p := types.NewPackage("main", "main")
	for n := range c.mentioned {
		if c.declared[n] {
			continue
		}
		if o := c.front.objects[n]; o != nil {
			p.Scope().Insert(o)
		} else if o := c.front.preluded(n); o != nil && c.front.imports[n] == "" {
			p.Scope().Insert(o)
		} else if o := c.implicit(n); o != nil {
			p.Scope().Insert(o)
		}
	}
	for _, b := range c.bounds {
		p.Scope().Insert(b)
	}
	for n := range c.olds { // aliases of earlier types and constants that have become variables
		if o := c.olds[n]; o != nil && o.Pkg() == nil {
			p.Scope().Insert(o)
		}
	}
	return p
}

// imports are the imports of earlier cells that the cell mentions, as a declaration; nil if there are none. Names that
// skip knows are left out.
func (c *cell) imports(skip func(string) bool) []ast.Decl {
	d := &ast.GenDecl{Tok: token.IMPORT}
	add := func(name, path string) {
		d.Specs = append(d.Specs, &ast.ImportSpec{Name: ident(token.NoPos, name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}})
	}
	for n := range c.mentioned {
		if path := c.front.imports[n]; path != "" && !c.declared[n] && !skip(n) {
			add(n, path)
		}
	}
	for n, path := range c.implied {
		if !skip(n) {
			add(n, path)
		}
	}
	if c.implicitImport() && !skip("display") {
		add("display", displayPath)
	}
	for _, path := range c.front.dots {
		if c.mentionsExportOf(path, skip) {
			add(".", path)
		}
	}
	if len(d.Specs) == 0 {
		return nil
	}
	return []ast.Decl{d}
}

// mentionsExportOf says whether the cell uses a package that an earlier cell imported with a dot.
func (c *cell) mentionsExportOf(path string, skip func(string) bool) bool {
	pkg, err := c.front.Import(path)
	if err != nil {
		return false
	}
	found := false
	for n := range c.mentioned {
		if o := pkg.Scope().Lookup(n); o != nil && o.Exported() {
			if c.declared[n] || skip(n) || c.front.objects[n] != nil {
				return false // the dot would declare the name twice
			}
			found = true
		}
	}
	return found
}

// check type-checks a file in package p and keeps the errors.
func (c *cell) check(p *types.Package, file *ast.File, info *types.Info, keep func(types.Error)) {
	conf := &types.Config{
		Importer:  c.front,
		Sizes:     c.front.sizes,
		GoVersion: goVersion,
		Error: func(err error) {
			if te, ok := err.(types.Error); ok {
				if !tolerated(te) {
					keep(te)
				}
				return
			}
			keep(types.Error{Fset: c.front.Fset, Pos: c.syn.body.Pos(), Msg: fmt.Sprint(err)})
		},
	}
	types.NewChecker(conf, c.front.Fset, p, info).Files([]*ast.File{file}) //nolint:errcheck // the errors went to conf.Error
}

// goVersion is the language that cells are written in.
const goVersion = "go1.26"

// tolerated says whether an error of a compiled program is none in a cell.
func tolerated(e types.Error) bool {
	return strings.HasPrefix(e.Msg, "declared and not used") ||
		strings.Contains(e.Msg, " imported ") && strings.HasSuffix(e.Msg, "and not used") ||
		strings.HasPrefix(e.Msg, "label ") && strings.HasSuffix(e.Msg, "declared and not used")
}

// build makes SSA of the checked cell, and what the session has to know of it.
func (c *cell) build(p *types.Package, file *ast.File, info *types.Info) {
	f, u := c.front, c.unit
	p.MarkComplete()
	Unread(file, info)
	f.Number(file)
	sp := f.Prog.CreatePackage(p, []*ast.File{file}, info, false)
	sp.Build()
	u.pkg, u.Body = p, sp.Func(cellFunc)
	for name, o := range c.olds {
		g, ok := sp.Members[name].(*ssa.Global)
		if !ok || o == nil || o.Pkg() == nil {
			continue
		}
		if old, ok := f.Prog.Package(o.Pkg()).Members[o.Name()].(*ssa.Global); ok {
			u.Shares = append(u.Shares, Share{g, old})
		}
	}
	u.Methods, u.Hide = c.methods(), c.syn.hide
	c.rebind(sp)
	for i := range c.results {
		g := sp.Members[resultName(i)].(*ssa.Global)
		u.Results = append(u.Results, g)
		u.Types = append(u.Types, typeName(g.Type().(*types.Pointer).Elem()))
	}
	c.succeed(sp)
	c.remember(p, info)
	for name, path := range c.implied {
		u.imports[name] = path
		u.added = append(u.added, path)
	}
	release(file)
	for _, d := range c.syn.decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.IMPORT {
			continue
		}
		for _, s := range g.Specs {
			s := s.(*ast.ImportSpec)
			if name := f.importName(s); name != "" && !hidden(name) {
				u.imports[name] = importPath(s)
			} else if s.Name != nil && s.Name.Name == "." {
				u.dots = append(u.dots, importPath(s))
			}
		}
	}
}

// methods counts the methods that the cell adds to types.
func (c *cell) methods() (n int) {
	for _, d := range c.syn.decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil {
			n++
		}
	}
	for _, l := range c.late {
		if l.added {
			n += l.named.NumMethods() // the type is built anew
		}
	}
	return n
}

// rebind finds the variables that the cell defines anew with the type that they had.
func (c *cell) rebind(sp *ssa.Package) {
	for name := range c.byName {
		g, ok := sp.Members[name].(*ssa.Global)
		old, okOld := c.front.objects[name].(*types.Var)
		if !ok || !okOld || !types.Identical(g.Object().Type(), old.Type()) {
			continue
		}
		last, ok := c.front.Prog.Package(old.Pkg()).Members[name].(*ssa.Global)
		if !ok {
			continue
		}
		olds := append(slices.Clip(c.front.places[old]), last)
		c.unit.Rebinds = append(c.unit.Rebinds, Rebind{olds, g})
		c.unit.places[g.Object()] = olds
	}
}

// release lets go of the syntax of functions that are built for good, which their SSA would keep alive. Generic ones are
// built again for each instance.
func release(file *ast.File) {
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Type.TypeParams != nil || fn.Body == nil {
			continue
		}
		if fn.Recv != nil && len(fn.Recv.List) == 1 {
			if _, generic := receiver(fn); generic {
				continue
			}
		}
		var inner []ast.Node
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.FuncLit, *ast.RangeStmt:
				inner = append(inner, n)
			}
			return true
		})
		for _, n := range inner {
			switch n := n.(type) {
			case *ast.FuncLit:
				n.Body = &ast.BlockStmt{Lbrace: n.Body.Lbrace, Rbrace: n.Body.Rbrace}
			case *ast.RangeStmt:
				n.Body = &ast.BlockStmt{Lbrace: n.Body.Lbrace, Rbrace: n.Body.Rbrace}
				n.Key, n.Value, n.X = nil, nil, ident(n.Pos(), "_")
			}
		}
		fn.Body = &ast.BlockStmt{Lbrace: fn.Body.Lbrace, Rbrace: fn.Body.Rbrace}
		fn.Doc, fn.Type.Params, fn.Type.Results = nil, &ast.FieldList{}, nil
	}
}

// succeed finds the functions and methods of earlier cells that the cell declares again.
func (c *cell) succeed(sp *ssa.Package) {
	f, u := c.front, c.unit
	for _, l := range c.late {
		impl := sp.Func(l.funcName)
		if f.late[impl] = true; impl.TypeParams().Len() == 0 {
			impl.Signature = withReceiver(impl.Signature)
		}
		olds := f.bodies[l.method]
		if first := f.Prog.FuncValue(l.method); len(olds) == 0 && first != nil {
			olds = []*ssa.Function{first}
		}
		if l.added {
			u.Redirects = append(u.Redirects, Redirect{l.method, impl})
		} else {
			u.Replaces = append(u.Replaces, Replace{olds, impl})
		}
		u.bodies[l.method] = append(slices.Clip(olds), impl)
	}
	for n := range c.declared {
		fn, ok := sp.Members[n].(*ssa.Function)
		old, okOld := f.objects[n].(*types.Func)
		if !ok || !okOld || n == cellFunc || !types.Identical(fn.Signature, old.Type()) {
			continue
		}
		olds := f.bodies[old]
		if len(olds) == 0 {
			olds = []*ssa.Function{f.Prog.FuncValue(old)}
		}
		u.Replaces = append(u.Replaces, Replace{olds, fn})
		u.bodies[fn.Object()] = append(slices.Clip(olds), fn)
	}
}

// typeName is a type as a compiled program prints it.
func typeName(t types.Type) string { return types.TypeString(t, (*types.Package).Name) }

func resultName(i int) string { return "result·" + strconv.Itoa(i) }
