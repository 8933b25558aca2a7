package front

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Instance is the generic function fn with type arguments, built; nil if it takes others. Package ssa makes instances only of
// what a package mentions, so this builds a package that mentions it. A method of a later cell has its receiver.
func (f *Front) Instance(fn *ssa.Function, args []types.Type) *ssa.Function {
	p := types.NewPackage("main", "main")
	p.Scope().Insert(fn.Object())
	x := &ast.IndexListExpr{X: ident(token.NoPos, fn.Object().Name())}
	for i, t := range args {
		name := "type·" + strconv.Itoa(i)
		p.Scope().Insert(types.NewTypeName(token.NoPos, p, name, t))
		x.Indices = append(x.Indices, ident(token.NoPos, name))
	}
	const holder = "instance·"
	body := &ast.BlockStmt{List: []ast.Stmt{&ast.ReturnStmt{Results: []ast.Expr{x}}}}
	result := &ast.Field{Type: &ast.InterfaceType{Methods: &ast.FieldList{}}}
	decl := &ast.FuncDecl{Name: ident(token.NoPos, holder), Body: body,
		Type: &ast.FuncType{Params: &ast.FieldList{}, Results: &ast.FieldList{List: []*ast.Field{result}}}}
	file := &ast.File{Name: ident(token.NoPos, "main"), Decls: []ast.Decl{decl}}
	info := newInfo()
	conf := &types.Config{Importer: f, Sizes: f.sizes, GoVersion: goVersion}
	if err := types.NewChecker(conf, f.Fset, p, info).Files([]*ast.File{file}); err != nil {
		return nil
	}
	sp := f.Prog.CreatePackage(p, []*ast.File{file}, info, false)
	sp.Build()
	for _, b := range sp.Func(holder).Blocks {
		for _, in := range b.Instrs {
			if m, ok := in.(*ssa.MakeInterface); ok {
				inst, _ := m.X.(*ssa.Function)
				if inst != nil && f.late[fn] && inst.Signature.Recv() == nil {
					inst.Signature = withReceiver(inst.Signature)
				}
				return inst
			}
		}
	}
	return nil
}

// withReceiver is the signature of a method whose receiver is the first parameter of a function.
func withReceiver(sig *types.Signature) *types.Signature {
	var params []*types.Var
	for v := range sig.Params().Variables() {
		params = append(params, v)
	}
	first := params[0]
	recv := types.NewVar(first.Pos(), first.Pkg(), first.Name(), first.Type())
	return types.NewSignatureType(recv, nil, nil, types.NewTuple(params[1:]...), sig.Results(), sig.Variadic())
}

// ofGeneric is sig, a generic function whose first parameter is a receiver, as the method of the generic type.
func ofGeneric(sig *types.Signature, pkg *types.Package) *types.Signature {
	var params []*types.TypeParam
	var args []types.Type
	for p := range sig.TypeParams().TypeParams() {
		// What the type asks of its arguments stands in its own declaration.
		t := types.NewTypeParam(types.NewTypeName(p.Obj().Pos(), pkg, p.Obj().Name(), nil), types.Universe.Lookup("any").Type())
		params, args = append(params, t), append(args, t)
	}
	inst, err := types.Instantiate(nil, sig, args, false)
	if err != nil {
		return nil
	}
	m := withReceiver(inst.(*types.Signature))
	return types.NewSignatureType(m.Recv(), params, nil, m.Params(), m.Results(), m.Variadic())
}
