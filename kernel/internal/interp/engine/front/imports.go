package front

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// imported is a registered package that some cell has imported, or that another package needed.
type imported struct {
	entry   registry.Entry
	table   *registry.Package
	view    *types.Package // what an import statement gives; nil until one asks
	generic *types.Package // the package of the interpreted generic code, or nil
}

// Package is the table of a registered package, or nil. It may be called while a cell compiles and while one runs.
func (f *Front) Package(path string) *registry.Package {
	f.tables.Lock()
	defer f.tables.Unlock()
	im := f.registered[path]
	if im == nil {
		return nil
	}
	if im.table == nil {
		im.table = im.entry.Load()
	}
	return im.table
}

// Import is the type information of a registered package (types.Importer).
func (f *Front) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return nil, fmt.Errorf("package unsafe cannot be used in a cell: interpreted values move only as Go values")
	}
	if path == "C" {
		return nil, fmt.Errorf("cgo cannot be used in a cell: no C compiler stands behind it")
	}
	im := f.registered[path]
	if im == nil {
		return nil, fmt.Errorf("package %s is not part of this kernel", path)
	}
	if im.view != nil {
		return im.view, nil
	}
	table := f.Package(path)
	pkg, err := gcexportdata.Read(bytes.NewReader(table.Export()), token.NewFileSet(), f.exports, path)
	if err != nil {
		return nil, fmt.Errorf("package %s: %w", path, err)
	}
	f.Prog.CreatePackage(pkg, nil, nil, true)
	view := pkg
	if len(table.Consts) > 0 {
		view = localise(pkg, table.Consts)
	}
	if table.Source != nil {
		if view, err = f.addGeneric(im, view, table.Source()); err != nil {
			return nil, err
		}
	}
	im.view = view
	return view, nil
}

// localise is a package whose constants that differ between systems are those that the kernel was compiled with.
func localise(pkg *types.Package, values map[string]any) *types.Package {
	view := types.NewPackage(pkg.Path(), pkg.Name())
	for _, n := range pkg.Scope().Names() {
		o := pkg.Scope().Lookup(n)
		if c, ok := o.(*types.Const); ok && values[n] != nil {
			o = types.NewConst(c.Pos(), pkg, n, c.Type(), constantOf(reflect.ValueOf(values[n])))
		}
		view.Scope().Insert(o)
	}
	view.MarkComplete()
	return view
}

// eachDeclared visits the names that a package-level declaration declares, methods apart.
func eachDeclared(d ast.Decl, visit func(*ast.Ident)) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			visit(d.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				visit(s.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					visit(n)
				}
			}
		}
	}
}

func constantOf(v reflect.Value) constant.Value {
	switch {
	case v.CanInt():
		return constant.MakeInt64(v.Int())
	case v.CanUint():
		return constant.MakeUint64(v.Uint())
	case v.CanFloat():
		return constant.MakeFloat64(v.Float())
	case v.Kind() == reflect.Bool:
		return constant.MakeBool(v.Bool())
	}
	return constant.MakeString(v.String())
}
