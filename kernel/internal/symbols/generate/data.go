package generate

import (
	"bytes"
	"compress/flate"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// Export is the package's type information without positions, compressed.
func (p *Package) Export() ([]byte, error) {
	var b bytes.Buffer
	if err := gcexportdata.Write(&b, token.NewFileSet(), p.Types); err != nil {
		return nil, fmt.Errorf("generate: %s: %w", p.Path, err)
	}
	return deflate(b.Bytes()), nil
}

// Docs is the package's documentation, compressed: pairs of a name and a text, each ended by a zero byte, in order of the names.
func (p *Package) Docs() ([]byte, string, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.Files {
		f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, "", err
		}
		files = append(files, f)
	}
	dp, err := doc.NewFromFiles(fset, files, p.Path)
	if err != nil {
		return nil, "", err
	}
	d := docs{}
	d.add("", dp.Doc)
	d.values(dp.Consts)
	d.values(dp.Vars)
	d.functions("", dp.Funcs)
	for _, t := range dp.Types {
		d.typ(t)
	}
	names := make([]string, 0, len(d))
	for n := range d {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, n := range names {
		b.WriteString(n + "\x00" + d[n] + "\x00")
	}
	return deflate([]byte(b.String())), dp.Synopsis(dp.Doc), nil
}

type docs map[string]string

func (d docs) add(name, text string) {
	if text = strings.TrimSpace(strings.ReplaceAll(text, "\x00", "")); text != "" {
		d[name] = text
	}
}

func (d docs) functions(prefix string, fs []*doc.Func) {
	for _, f := range fs {
		d.add(prefix+f.Name, f.Doc)
	}
}

func (d docs) values(vs []*doc.Value) {
	for _, v := range vs {
		for _, sp := range v.Decl.Specs {
			sp, ok := sp.(*ast.ValueSpec)
			if !ok {
				continue
			}
			text := sp.Doc.Text() + sp.Comment.Text()
			if text == "" {
				text = v.Doc
			}
			for _, n := range sp.Names {
				if n.IsExported() {
					d.add(n.Name, text)
				}
			}
		}
	}
}

func (d docs) typ(t *doc.Type) {
	d.add(t.Name, t.Doc)
	d.values(t.Consts)
	d.values(t.Vars)
	d.functions("", t.Funcs)
	d.functions(t.Name+".", t.Methods)
	for _, sp := range t.Decl.Specs {
		sp, ok := sp.(*ast.TypeSpec)
		if !ok || sp.Name.Name != t.Name {
			continue
		}
		var fields *ast.FieldList
		switch x := sp.Type.(type) {
		case *ast.StructType:
			fields = x.Fields
		case *ast.InterfaceType:
			fields = x.Methods
		}
		if fields == nil {
			continue
		}
		for _, f := range fields.List {
			for _, n := range f.Names {
				if n.IsExported() {
					d.add(t.Name+"."+n.Name, f.Doc.Text()+f.Comment.Text())
				}
			}
		}
	}
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	w.Write(b)
	w.Close()
	return out.Bytes()
}
