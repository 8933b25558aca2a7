package front

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
)

// order lets the var declarations of the top level that stand in a row begin as those of a compiled package do, each after
// those that it needs, and calls the functions called init after the first of these rows. What known knows is a variable of
// an earlier cell; a declaration that mentions it before the cell declares it again means that one.
func (x *syntax) order(known func(name string) bool) {
	list := x.body.Body.List
	for i := 0; i < len(list); {
		n := 0
		for i+n < len(list) && isVar(list[i+n]) {
			n++
		}
		if n > 0 {
			row := x.sorted(list[i:i+n], known)
			list = slices.Replace(list, i, i+n, row...)
			n = len(row)
		}
		if i == 0 {
			inits := x.inits()
			list = slices.Insert(list, n, inits...)
			n += len(inits)
		}
		i += max(n, 1)
	}
	if len(list) == 0 {
		list = x.inits()
	}
	x.body.Body.List = list
}

func isVar(s ast.Stmt) bool {
	d, ok := s.(*ast.DeclStmt)
	return ok && d.Decl.(*ast.GenDecl).Tok == token.VAR
}

// inits are calls of the functions called init, which get names of their own for that.
func (x *syntax) inits() (calls []ast.Stmt) {
	for _, d := range x.decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || fn.Name.Name != "init" || fn.Body == nil || fn.Type.TypeParams != nil || fn.Type.Params.NumFields()+fn.Type.Results.NumFields() > 0 {
			continue // or the checker refuses it
		}
		fn.Name.Name = "init·" + strconv.Itoa(len(calls))
		call := &ast.CallExpr{Fun: ident(token.NoPos, fn.Name.Name)} // without a place: the user has written no call
		calls = append(calls, &ast.ExprStmt{X: call})
	}
	return calls
}

// sorted is a row of var declarations in the order of the language: again and again the first that needs nothing which
// has not begun; where they need one another, the first.
func (x *syntax) sorted(row []ast.Stmt, known func(string) bool) []ast.Stmt {
	var specs []*ast.ValueSpec
	at := map[string]int{}
	for _, s := range row {
		for _, spec := range s.(*ast.DeclStmt).Decl.(*ast.GenDecl).Specs {
			v := spec.(*ast.ValueSpec)
			for _, id := range v.Names {
				if _, twice := at[id.Name]; twice && id.Name != "_" {
					return row // the second means what follows it
				}
				at[id.Name] = len(specs)
			}
			specs = append(specs, v)
		}
	}
	delete(at, "_")
	if len(specs) < 2 {
		return row
	}
	needs, moved := make([]map[int]bool, len(specs)), false
	r := reader{at: at, known: known, bodies: x.bodies()}
	for i, v := range specs {
		needs[i] = r.needs(v)
		for j := range needs[i] {
			moved = moved || j > i
		}
	}
	if !moved {
		return row
	}
	return rebuilt(row, specs, ranked(needs))
}

// ranked is the order in which things begin of which each needs others.
func ranked(needs []map[int]bool) (order []int) {
	begun := make([]bool, len(needs))
	for range needs {
		next := -1
		for i := range needs {
			if begun[i] {
				continue
			}
			if next < 0 {
				next = i
			}
			ready := true
			for j := range needs[i] {
				ready = ready && (j == i || begun[j])
			}
			if ready {
				next = i
				break
			}
		}
		begun[next] = true
		order = append(order, next)
	}
	return order
}

// rebuilt is a row of declarations, one a variable, in another order.
func rebuilt(row []ast.Stmt, specs []*ast.ValueSpec, order []int) (out []ast.Stmt) {
	var owner []*ast.GenDecl
	for _, s := range row {
		d := s.(*ast.DeclStmt).Decl.(*ast.GenDecl)
		for range d.Specs {
			owner = append(owner, d)
		}
	}
	for _, i := range order {
		out = append(out, &ast.DeclStmt{Decl: &ast.GenDecl{TokPos: owner[i].TokPos, Tok: token.VAR, Specs: []ast.Spec{specs[i]}}})
	}
	return out
}

// bodies are those of the cell's functions and methods, by name.
func (x *syntax) bodies() map[string][]ast.Node {
	out := map[string][]ast.Node{}
	for _, d := range x.decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			out[fn.Name.Name] = append(out[fn.Name.Name], fn.Body)
		}
	}
	return out
}

// reader finds what variables need, by name: a local variable or a field of that name counts, too, which at most brings a
// variable forward.
type reader struct {
	at     map[string]int // the place of a variable in its row
	known  func(string) bool
	bodies map[string][]ast.Node
}

func (r reader) needs(v *ast.ValueSpec) map[int]bool {
	found, seen := map[int]bool{}, map[string]bool{}
	inside := false // a function of the cell, for which only its own variables count
	var visit func(n ast.Node) bool
	call := func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		was := inside
		inside = true
		for _, body := range r.bodies[name] {
			ast.Inspect(body, visit)
		}
		inside = was
	}
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			call(n.Sel.Name)
			return false
		case *ast.Ident:
			if i, ok := r.at[n.Name]; ok && (inside || !r.known(n.Name)) {
				found[i] = true
			}
			call(n.Name)
		}
		return true
	}
	for _, x := range v.Values {
		ast.Inspect(x, visit)
	}
	return found
}
