package contract

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// imageRooms are the packages whose results are pictures, or are seen on one. Geodesy's are not.
func imageRooms() []string {
	return []string{"change", "measure", "raster", "region", "register", "scene"}
}

// readOffPictures are functions whose result is a number that is placed on, or cuts, a picture.
func readOffPictures() []string {
	return []string{"change.Otsu", "change.KittlerIllingworth", "change.Rosin", "change.KMeans", "measure.Length",
		"register.Correlate", "register.Find", "register.Translation"}
}

// seenTypes are what is seen without rendering itself, and onlyText what renders as words alone.
func seenTypes() map[string]bool {
	return map[string]bool{"image.Image": true, "region.Region": true, "scene.View": true}
}

func onlyText() map[string]bool { return map[string]bool{"register.Shift": true} }

// Every exported function and method of the packages of images that returns something to be seen has an Example of its own
// (a method of a name that no other type has may share one) which TestGallery runs, whose pictures lie beside the page that shows them. Something to be
// seen renders itself with a picture, or is a picture, a region or a dated view; golden.Rule says so on the pages.
func TestWhatIsSeenHasAnExampleWithItsPicture(t *testing.T) {
	visual := seenTypes()
	for _, name := range imageRooms() {
		for _, f := range functions(t, name, false) {
			if f.Recv != nil && f.Name.Name == "SimpleRender" {
				if of := name + "." + strings.TrimPrefix(types.ExprString(f.Recv.List[0].Type), "*"); !onlyText()[of] {
					visual[of] = true
				}
			}
		}
	}
	if len(visual) < len(seenTypes())+6 {
		t.Fatalf("only %v are seen", visual)
	}
	asked := map[string]bool{}
	for _, f := range readOffPictures() {
		asked[f] = true
	}
	for _, name := range imageRooms() {
		shown, called := gallery(t, name)
		all := functions(t, name, false)
		for _, f := range all {
			what := exported(f)
			if what == "" || !asked[name+"."+what] && !returns(f, name, visual) {
				continue
			}
			delete(asked, name+"."+what)
			_, method, isMethod := strings.Cut(what, ".")
			if !shown[what] && !(isMethod && called[method] && alone(all, method)) {
				t.Errorf("%s.%s has no Example with its picture in analysis/%s/GALLERY.md", name, what, name)
			}
		}
	}
	for f := range asked {
		t.Errorf("there is no %s", f)
	}
}

// alone says whether one type of a package only has a method of the name, so that a call says which it is.
func alone(all []*ast.FuncDecl, method string) bool {
	n := 0
	for _, f := range all {
		if _, m, ok := strings.Cut(exported(f), "."); ok && m == method {
			n++
		}
	}
	return n == 1
}

// returns says whether one of a function's results is to be seen, alone or in a slice.
func returns(f *ast.FuncDecl, room string, visual map[string]bool) bool {
	if f.Type.Results == nil {
		return false
	}
	for _, r := range f.Type.Results.List {
		name := strings.TrimLeft(types.ExprString(r.Type), "*[]")
		if !strings.Contains(name, ".") {
			name = room + "." + name
		}
		if visual[name] {
			return true
		}
	}
	return false
}

// functions returns those of a package's sources, or of its tests.
func functions(t *testing.T, room string, tests bool) []*ast.FuncDecl {
	t.Helper()
	paths, err := filepath.Glob("../../" + room + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.FuncDecl
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") != tests {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// gallery returns what the Examples are about that TestGallery of a package runs, and the methods that they call. Each must
// call look, or what calls it, and each picture of the page must lie there.
func gallery(t *testing.T, name string) (about, called map[string]bool) {
	t.Helper()
	about = map[string]bool{}
	r := room{called: map[string]bool{}}
	run := map[string]bool{}
	all := functions(t, name, true)
	for _, f := range all {
		if f.Name.Name == "TestGallery" {
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && strings.HasPrefix(id.Name, "Example") {
					run[id.Name] = true
				}
				return true
			})
		}
	}
	for _, f := range all {
		if run[f.Name.Name] {
			about[exampleOf(f.Name.Name)] = true
			r.calls(f)
			if !looks(f) {
				t.Errorf("%s.%s shows nothing", name, f.Name.Name)
			}
		}
	}
	page, err := os.ReadFile("../../" + name + "/GALLERY.md")
	if err != nil {
		t.Error(err)
		return about, r.called
	}
	for _, link := range regexp.MustCompile(`\]\((gallery/[^)]*)\)`).FindAllStringSubmatch(string(page), -1) {
		if _, err := os.Stat("../../" + name + "/" + link[1]); err != nil {
			t.Errorf("%s/GALLERY.md: %v", name, err)
		}
	}
	return about, r.called
}

// looks says whether an Example gives something to the gallery.
func looks(f *ast.FuncDecl) (yes bool) {
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && (id.Name == "look" || id.Name == "show" || id.Name == "compare") {
				yes = true
			}
		}
		return true
	})
	return yes
}
