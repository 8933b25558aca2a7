package front

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"maps"
	"slices"
)

// addGeneric checks the source of a package's generic code, as though it stood in the package, and builds it. The package
// that it returns has that code in place of the declarations without bodies. What does not check of a package that was
// added, because something is missing that it needs, is left out together with what needs it.
func (f *Front) addGeneric(im *imported, pkg *types.Package, source map[string]string) (*types.Package, error) {
	var files []*ast.File
	declared := map[string]bool{}
	for _, n := range slices.Sorted(maps.Keys(source)) {
		file, err := parser.ParseFile(f.Fset, pkg.Path()+"/"+n, source[n], parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
		for _, d := range file.Decls {
			eachDeclared(d, func(id *ast.Ident) { declared[id.Name] = true })
		}
	}
	added := im.table.Added
	scope := func() *types.Package {
		p := types.NewPackage(pkg.Path(), pkg.Name())
		for _, n := range pkg.Scope().Names() {
			if o := pkg.Scope().Lookup(n); !declared[n] && !(added && bodiless(o)) {
				p.Scope().Insert(o)
			}
		}
		return p
	}
	generic, info := scope(), newInfo()
	for errs := f.checkGeneric(generic, files, info); len(errs) > 0; errs = f.checkGeneric(generic, files, info) {
		if !added || !dropped(files, errs) {
			return nil, fmt.Errorf("package %s: %w", pkg.Path(), errs[0])
		}
		generic, info = scope(), newInfo()
	}
	generic.MarkComplete()
	sp := f.Prog.CreatePackage(generic, files, info, false) // instances are built one by one, when cells need them
	if added {
		sp.Build() // what is not generic is there, too
	}
	view := scope()
	for n := range declared {
		if o := generic.Scope().Lookup(n); o != nil {
			view.Scope().Insert(o)
		}
	}
	view.MarkComplete()
	im.generic = generic
	return view, nil
}

func (f *Front) checkGeneric(p *types.Package, files []*ast.File, info *types.Info) (errs []types.Error) {
	conf := &types.Config{Importer: f, Sizes: f.sizes, Error: func(err error) {
		if e, ok := err.(types.Error); !ok || !tolerated(e) {
			errs = append(errs, e)
		}
	}}
	types.NewChecker(conf, f.Fset, p, info).Files(files) //nolint:errcheck // the errors went to conf.Error
	return errs
}

// dropped takes the declarations with errors out of files; false if there are none.
func dropped(files []*ast.File, errs []types.Error) bool {
	some := false
	for _, file := range files {
		file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
			bad := slices.ContainsFunc(errs, func(e types.Error) bool { return d.Pos() <= e.Pos && e.Pos < d.End() })
			some = some || bad
			return bad
		})
	}
	return some
}

// bodiless says whether an object is generic code that export data cannot hold.
func bodiless(o types.Object) bool {
	switch o := o.(type) {
	case *types.Func:
		return o.Signature().TypeParams().Len() > 0
	case *types.TypeName:
		n, ok := o.Type().(*types.Named)
		return ok && n.TypeParams().Len() > 0 && n.NumMethods() > 0
	}
	return false
}
