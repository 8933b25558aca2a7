package generate

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Source is the generic code that the package exports, with the unexported functions, constants and types that it needs:
// Go files by name as JSON, compressed, for an interpreter to check and run. known says which packages cells can import. left
// are the exported generic names that need more than that: a variable of the package, another package, assembly.
func (p *Package) Source(known func(path string) bool) (data []byte, left []string, err error) {
	s := &sources{p: p, known: known, decls: map[string]*declared{}, methods: map[string][]*declared{}}
	for _, name := range p.Files {
		if err := s.read(name); err != nil {
			return nil, nil, err
		}
	}
	take := map[*declared]bool{}
	for _, name := range p.Generics() {
		need := map[*declared]bool{}
		if d := s.decls[name]; d == nil || !s.closure(name, need) {
			left = append(left, name)
			continue
		}
		for d := range need {
			take[d] = true
		}
	}
	if len(take) == 0 {
		return nil, left, nil
	}
	files, err := s.files(take)
	if err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(files)
	if err != nil {
		return nil, nil, err
	}
	return deflate(text), left, nil
}

// declared is a top-level declaration of one name.
type declared struct {
	file *sourceFile
	node ast.Node // *ast.FuncDecl or a *ast.GenDecl with one spec
	uses map[string]bool
	imps map[string]bool // names of imports
	bad  bool            // it cannot be interpreted
	name string
}

type sourceFile struct {
	name    string
	imports map[string]string // path by name
}

type sources struct {
	p       *Package
	known   func(string) bool
	fset    *token.FileSet
	decls   map[string]*declared
	methods map[string][]*declared // by the name of the receiver's type
}

func (s *sources) read(name string) error {
	if s.fset == nil {
		s.fset = token.NewFileSet()
	}
	f, err := parser.ParseFile(s.fset, filepath.Join(s.p.Dir, name), nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	sf := &sourceFile{name: name, imports: map[string]string{}}
	for _, im := range f.Imports {
		path, err := strconv.Unquote(im.Path.Value)
		if err != nil {
			return err
		}
		n := s.importName(path)
		if im.Name != nil {
			n = im.Name.Name
		}
		sf.imports[n] = path
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			x := s.declared(sf, d, d.Name.Name)
			x.bad = d.Body == nil
			if d.Recv == nil {
				s.decls[d.Name.Name] = x
			} else if t := receiverName(d.Recv); t != "" {
				s.methods[t] = append(s.methods[t], x)
			}
		case *ast.GenDecl:
			s.specs(sf, d)
		}
	}
	return nil
}

// specs notes types and constants one by one; a group of constants that counts with iota stays whole.
func (s *sources) specs(sf *sourceFile, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			one := &ast.GenDecl{Tok: d.Tok, Specs: []ast.Spec{spec}}
			s.decls[spec.Name.Name] = s.declared(sf, one, spec.Name.Name)
		case *ast.ValueSpec:
			x := s.declared(sf, d, "")
			x.bad = d.Tok == token.VAR // a variable exists once, in compiled code
			for _, n := range spec.Names {
				s.decls[n.Name] = x
			}
		}
	}
}

func (s *sources) declared(sf *sourceFile, node ast.Node, name string) *declared {
	x := &declared{file: sf, node: node, name: name, uses: map[string]bool{}, imps: map[string]bool{}}
	ast.Inspect(node, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				if _, ok := sf.imports[id.Name]; ok {
					x.imps[id.Name] = true
				} else {
					x.uses[id.Name] = true
				}
				return false
			}
			ast.Inspect(sel.X, func(n ast.Node) bool { return s.mention(x, sf, n) })
			return false
		}
		return s.mention(x, sf, n)
	})
	return x
}

func (s *sources) mention(x *declared, sf *sourceFile, n ast.Node) bool {
	id, ok := n.(*ast.Ident)
	if !ok {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && sf.imports[id.Name] != "" {
				x.imps[id.Name] = true
				return false
			}
		}
		return true
	}
	x.uses[id.Name] = true
	return true
}

// closure adds what name needs to need; false if something of it cannot be interpreted.
func (s *sources) closure(name string, need map[*declared]bool) bool {
	d := s.decls[name]
	if d == nil {
		return true // a local or a predeclared name
	}
	if need[d] {
		return true
	}
	need[d] = true
	all := append([]*declared{d}, s.methods[name]...)
	for _, x := range all {
		need[x] = true
		if x.bad {
			return false
		}
		for im := range x.imps {
			if path := x.file.imports[im]; path == "unsafe" || path == "C" || !s.known(path) {
				return false
			}
		}
		for u := range x.uses {
			if o := s.p.Types.Scope().Lookup(u); o != nil && o.Exported() && !s.generic(u) {
				continue // compiled
			}
			if !s.closure(u, need) {
				return false
			}
		}
	}
	return true
}

func (s *sources) generic(name string) bool {
	g := s.p.Generics()
	i := sort.SearchStrings(g, name)
	return i < len(g) && g[i] == name
}

// importName is the name of a package's own, as far as its path tells.
func (s *sources) importName(path string) string {
	for _, im := range s.p.Types.Imports() {
		if im.Path() == path {
			return im.Name()
		}
	}
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if len(parts) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		last = parts[len(parts)-2]
	}
	return last
}

func receiverName(recv *ast.FieldList) string {
	t := recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// files writes the declarations, a file for each that they come from.
func (s *sources) files(take map[*declared]bool) (map[string]string, error) {
	byFile := map[*sourceFile][]*declared{}
	for d := range take {
		byFile[d.file] = append(byFile[d.file], d)
	}
	out := map[string]string{}
	for f, ds := range byFile {
		sort.Slice(ds, func(i, j int) bool { return ds[i].node.Pos() < ds[j].node.Pos() || ds[i].name < ds[j].name })
		var b bytes.Buffer
		b.WriteString("package " + s.p.Name + "\n\n")
		imports := map[string]bool{}
		for _, d := range ds {
			for im := range d.imps {
				imports[im] = true
			}
		}
		names := make([]string, 0, len(imports))
		for n := range imports {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			b.WriteString("import " + n + " " + strconv.Quote(f.imports[n]) + "\n")
		}
		done := map[ast.Node]bool{}
		for _, d := range ds {
			if done[d.node] {
				continue
			}
			done[d.node] = true
			b.WriteString("\n")
			if err := format.Node(&b, s.fset, d.node); err != nil {
				return nil, err
			}
			b.WriteString("\n")
		}
		out[f.name] = b.String()
	}
	return out, nil
}
