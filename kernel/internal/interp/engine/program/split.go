package program

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/front"
	"github.com/sightline-osint/sightline/kernel/internal/symbols"
)

// Parts are a program cut into the cells of a session that does the same.
type Parts struct {
	Declarations []string // the imports, and each declaration after what it needs; those that need each other share a cell
	Main         string   // the function main
	Statements   []string // the statements of main, or all of them in one cell, or main and a call of it
}

// Split cuts a file. main is the name of the function whose statements become cells; functions called Example… are left
// out if it is one of them. Methods are declared after their type and before whatever else mentions it. The statements of
// main stay together where they need each other: a defer or return ends the cell, a label may be jumped to, a name defined
// again would be another variable.
func Split(src, main string) (p Parts, err error) {
	f := front.New(symbols.Entries())
	s := &splitter{src: src, fset: f.Fset, of: map[types.Object]*node{}}
	file, err := parser.ParseFile(s.fset, "main.go", src, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return p, err
	}
	s.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Implicits: map[ast.Node]types.Object{},
		Instances: map[*ast.Ident]types.Instance{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	conf := types.Config{Importer: f, Error: func(e error) {
		if t, ok := e.(types.Error); err == nil && !(ok && t.Soft) { // not for an import that only other examples use
			err = e
		}
	}}
	s.pkg, _ = conf.Check("main", s.fset, []*ast.File{file}, s.info)
	if err != nil {
		return p, err
	}
	var imports, last []string
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				imports = append(imports, s.text(d))
				continue
			}
			s.general(d)
		case *ast.FuncDecl:
			switch {
			case d.Recv == nil && d.Name.Name == "init":
				last = append(last, "func init() "+s.text(d.Body))
			case d.Recv == nil && d.Name.Name == main:
				s.main = d
			case d.Recv == nil && main != "main" && strings.HasPrefix(d.Name.Name, "Example"):
			default:
				s.function(d)
			}
		}
	}
	if s.main == nil {
		return p, errors.New("no main")
	}
	if len(imports) > 0 {
		p.Declarations = append(p.Declarations, strings.Join(imports, "\n"))
	}
	p.Declarations = slices.Concat(p.Declarations, s.declarations(), last)
	p.Main, p.Statements = s.text(s.main), s.statements()
	return p, nil
}

// node is one declaration.
type node struct {
	text    string
	pos     token.Pos
	rank    int // order of initialisation of variables
	decl    ast.Node
	typ     *types.TypeName
	methods []*node
	recv    *types.TypeName // of a method
	needs   []*node

	index, low int // Tarjan's
	open       bool
}

type splitter struct {
	src   string
	fset  *token.FileSet
	info  *types.Info
	pkg   *types.Package
	main  *ast.FuncDecl
	nodes []*node
	of    map[types.Object]*node
}

func (s *splitter) text(n ast.Node) string { return s.between(n.Pos(), n.End()) }

func (s *splitter) between(from, to token.Pos) string {
	return s.src[s.offset(from):s.offset(to)]
}

func (s *splitter) offset(p token.Pos) int { return s.fset.PositionFor(p, false).Offset }

func (s *splitter) add(n *node, names ...*ast.Ident) *node {
	n.pos = n.decl.Pos()
	s.nodes = append(s.nodes, n)
	for _, id := range names {
		if o := s.info.Defs[id]; o != nil {
			s.of[o] = n
		}
	}
	return n
}

// general cuts a declaration of types or variables into its parts; constants stay together for iota.
func (s *splitter) general(d *ast.GenDecl) {
	if d.Tok == token.CONST {
		n := s.add(&node{text: s.text(d), decl: d})
		for _, sp := range d.Specs {
			for _, id := range sp.(*ast.ValueSpec).Names {
				s.of[s.info.Defs[id]] = n
			}
		}
		return
	}
	for _, sp := range d.Specs {
		n := &node{text: d.Tok.String() + " " + s.text(sp), decl: sp}
		switch sp := sp.(type) {
		case *ast.TypeSpec:
			s.add(n, sp.Name)
			n.typ, _ = s.info.Defs[sp.Name].(*types.TypeName)
		case *ast.ValueSpec:
			s.add(n, sp.Names...)
			for i, in := range s.info.InitOrder {
				if slices.ContainsFunc(sp.Values, func(e ast.Expr) bool { return e == in.Rhs }) {
					n.rank = i + 1
				}
			}
		}
	}
}

func (s *splitter) function(d *ast.FuncDecl) {
	n := s.add(&node{text: s.text(d), decl: d}, d.Name)
	if d.Recv == nil {
		return
	}
	if f, ok := s.info.Defs[d.Name].(*types.Func); ok {
		t := f.Signature().Recv().Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if named, ok := t.(*types.Named); ok {
			n.recv = named.Obj()
		}
	}
}

// link finds what every declaration needs.
func (s *splitter) link() {
	for _, n := range s.nodes {
		if t := s.of[n.recv]; n.recv != nil && t != nil {
			t.methods = append(t.methods, n)
		}
	}
	for _, n := range s.nodes {
		if n.recv != nil && s.passes(n.decl.(*ast.FuncDecl)) {
			n.needs = append(n.needs, s.of[n.recv].methods...)
		}
		ast.Inspect(n.decl, func(a ast.Node) bool {
			id, ok := a.(*ast.Ident)
			if !ok {
				return true
			}
			o := s.info.Uses[id]
			if f, ok := o.(*types.Func); ok {
				o = f.Origin()
			}
			if v, ok := o.(*types.Var); ok {
				o = v.Origin()
			}
			if to := s.of[o]; to != nil && to != n {
				n.needs = append(n.needs, to)
				if to.typ != nil && to.typ != n.recv {
					n.needs = append(n.needs, to.methods...)
				}
			}
			if _, ok := s.info.Instances[id]; ok && n.typ != nil { // its arguments may have to have methods
				n.needs = append(n.needs, n.methods...)
			}
			return true
		})
	}
	var vars []*node
	for _, n := range s.nodes {
		if n.rank > 0 {
			vars = append(vars, n)
		}
	}
	slices.SortFunc(vars, func(a, b *node) int { return cmp.Compare(a.rank, b.rank) })
	for i := 1; i < len(vars); i++ {
		vars[i].needs = append(vars[i].needs, vars[i-1])
	}
}

// passes says whether a method uses its receiver in another way than for a field or method: as an interface, perhaps.
func (s *splitter) passes(d *ast.FuncDecl) (whole bool) {
	if len(d.Recv.List[0].Names) == 0 {
		return false
	}
	self := s.info.Defs[d.Recv.List[0].Names[0]]
	uses := 0
	ast.Inspect(d, func(a ast.Node) bool {
		switch a := a.(type) {
		case *ast.SelectorExpr:
			if id, ok := a.X.(*ast.Ident); ok && s.info.Uses[id] == self {
				uses--
			}
		case *ast.Ident:
			if s.info.Uses[a] == self {
				uses++
			}
		}
		return true
	})
	return self != nil && uses > 0
}

// declarations are the cells of all that main needs: the components of the graph of needs, each after those it needs.
func (s *splitter) declarations() (cells []string) {
	s.link()
	var stack []*node
	count := 0
	var visit func(*node)
	visit = func(n *node) {
		count++
		n.index, n.low, n.open = count, count, true
		stack = append(stack, n)
		for _, m := range n.needs {
			if m.index == 0 {
				visit(m)
				n.low = min(n.low, m.low)
			} else if m.open {
				n.low = min(n.low, m.index)
			}
		}
		if n.low != n.index {
			return
		}
		i := slices.Index(stack, n)
		group := slices.Clone(stack[i:])
		stack = stack[:i]
		slices.SortFunc(group, func(a, b *node) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.pos, b.pos)) })
		var texts []string
		for _, m := range group {
			m.open = false
			texts = append(texts, m.text)
		}
		cells = append(cells, strings.Join(texts, "\n"))
	}
	for _, n := range s.nodes {
		if n.index == 0 {
			visit(n)
		}
	}
	return cells
}

// statements are the cells of main.
func (s *splitter) statements() (cells []string) {
	again := map[string]bool{} // defined more than once, or hiding what other declarations mean
	jumps := false
	for _, st := range s.main.Body.List {
		for _, name := range defined(st) {
			if again[name] || s.pkg.Scope().Lookup(name) != nil || types.Universe.Lookup(name) != nil || s.imported(name) {
				return []string{s.text(s.main), s.main.Name.Name + "()"}
			}
			again[name] = name != "_"
		}
		ast.Inspect(st, func(a ast.Node) bool {
			switch a := a.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt, *ast.DeferStmt:
				jumps = true
			case *ast.BranchStmt:
				jumps = jumps || a.Tok == token.GOTO
			}
			return true
		})
	}
	if jumps {
		body := s.main.Body
		return []string{s.between(body.Lbrace+1, body.Rbrace)}
	}
	for _, st := range s.main.Body.List {
		cells = append(cells, s.text(st))
	}
	return cells
}

// imported says whether a name is that of an import.
func (s *splitter) imported(name string) bool {
	for _, o := range s.info.Implicits {
		if p, ok := o.(*types.PkgName); ok && p.Name() == name {
			return true
		}
	}
	for id, o := range s.info.Defs {
		if _, ok := o.(*types.PkgName); ok && id.Name == name {
			return true
		}
	}
	return false
}

// defined are the names that a statement defines in its block.
func defined(st ast.Stmt) (names []string) {
	switch st := st.(type) {
	case *ast.LabeledStmt:
		return defined(st.Stmt)
	case *ast.AssignStmt:
		if st.Tok != token.DEFINE {
			return nil
		}
		for _, e := range st.Lhs {
			names = append(names, e.(*ast.Ident).Name)
		}
	case *ast.DeclStmt:
		for _, sp := range st.Decl.(*ast.GenDecl).Specs {
			switch sp := sp.(type) {
			case *ast.TypeSpec:
				names = append(names, sp.Name.Name)
			case *ast.ValueSpec:
				for _, id := range sp.Names {
					names = append(names, id.Name)
				}
			}
		}
	}
	return names
}
