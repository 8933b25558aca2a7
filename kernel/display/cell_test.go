package display_test

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sightline-osint/sightline/kernel/display"
)

// page is a front end that keeps what it shows.
type page struct {
	mu      sync.Mutex
	out     bytes.Buffer
	shown   []display.Data
	updates int
	cleared int
}

func (p *page) Stdout() io.Writer { return &p.out }

func (p *page) ClearOutput(bool) error {
	p.cleared++
	return nil
}

func (p *page) Display(d display.Data, update bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if update {
		p.updates++
		for i := range p.shown {
			if p.shown[i].Transient["display_id"] == d.Transient["display_id"] {
				p.shown[i] = d
			}
		}
		return nil
	}
	p.shown = append(p.shown, d)
	return nil
}

func (p *page) texts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for _, d := range p.shown {
		out = append(out, d.Data["text/plain"].(string))
	}
	return out
}

func TestACellDisplaysUpdatesAndClears(t *testing.T) {
	p := &page{}
	c := display.Cell{Output: p}
	for _, err := range []error{c.Display(3), c.Display(display.Markdown("*m*")), c.DisplayID("a", "old"), c.Update("a", "new"), c.ClearOutput(true)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(p.texts(), "|"); got != "3|*m*|new" || p.cleared != 1 {
		t.Errorf("shown %s, cleared %d", got, p.cleared)
	}
}

func TestProgressLeavesNoClockBehind(t *testing.T) {
	p := &page{}
	c := display.Cell{Output: p}
	bar := c.NewProgress(200, "reading")
	for range 200 {
		bar.Add(1)
	}
	bar.Done()
	for i := range c.Steps(10, "half") {
		if i == 5 {
			break
		}
	}
	open := c.NewProgress(0, "")
	open.Set(1234)
	open.Done()
	want := "reading: 200 of 200 (100 %)|half: 5 of 10 (50 %)|1,234"
	if got := strings.Join(p.texts(), "|"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !strings.Contains(p.shown[0].Data["text/html"].(string), `<progress value="200" max="200"`) {
		t.Errorf("%v", p.shown[0].Data["text/html"])
	}
	if p.updates > 20 {
		t.Errorf("%d updates: not throttled", p.updates)
	}
}

func TestLibrariesReportProgressThroughTheContext(t *testing.T) {
	synctest.Test(t, reportThroughContext)
}

func reportThroughContext(t *testing.T) {
	p := &page{}
	ctx, interrupt := context.WithCancel(t.Context())
	carried := display.WithProgress(ctx, p)
	type key struct{}
	carried = context.WithValue(carried, key{}, 1)
	report, ok := carried.Value("sightline.progress").(interface {
		Progress(done, total int64, label string)
	})
	if !ok {
		t.Fatal("the context carries no progress")
	}
	var wg sync.WaitGroup
	for _, label := range []string{"a", "b"} {
		wg.Go(func() {
			for i := range int64(100) {
				report.Progress(i+1, 100, label)
			}
		})
	}
	wg.Wait()
	report.Progress(3, 10, "cut")
	interrupt()
	synctest.Wait()
	got := p.texts()
	all := strings.Join(got, "|")
	if len(got) != 3 || !strings.Contains(all, "a: 100 of 100 (100 %)") || got[2] != "cut: 3 of 10 (30 %)" || p.updates != 3 {
		t.Errorf("%v", got)
	}
}

func TestABarThatIsNotEndedLosesItsClockWithTheCell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &page{}
		cell, end := context.WithCancel(t.Context())
		run := context.WithoutCancel(display.WithProgress(cell, p)) // as an engine hands it on
		bar := display.Cell{Ctx: run, Output: p}.NewProgress(100, "long")
		time.Sleep(time.Second)
		bar.Set(10)
		if got := p.texts()[0]; got != "long: 10 of 100 (10 %), 10/s, 9 s left" {
			t.Errorf("running: %s", got)
		}
		end()
		synctest.Wait()
		if got := p.texts()[0]; got != "long: 10 of 100 (10 %)" {
			t.Errorf("ended: %s", got)
		}
		bar.Done()
		if got := p.texts()[0]; got != "long: 100 of 100 (100 %)" {
			t.Errorf("done: %s", got)
		}
	})
}

func TestEveryMethodOfACellIsAPackageFunction(t *testing.T) {
	fset := token.NewFileSet()
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	functions, methods := map[string]string{}, map[string]string{}
	for _, path := range sources {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			if fn.Recv == nil {
				functions[fn.Name.Name] = types.ExprString(fn.Type)
			} else if types.ExprString(fn.Recv.List[0].Type) == "Cell" {
				methods[fn.Name.Name] = types.ExprString(fn.Type)
			}
		}
	}
	if len(methods) < 6 {
		t.Fatalf("only %d methods found", len(methods))
	}
	for name, signature := range methods {
		if functions[name] != signature {
			t.Errorf("method %s is %s, function is %q", name, signature, functions[name])
		}
	}
}
