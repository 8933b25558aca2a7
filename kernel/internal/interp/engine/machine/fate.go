package machine

import (
	"reflect"
	"runtime"
	"strings"
)

// fate is what becomes of a panic that leaves a callback.
type fate int

const (
	goesOn      fate = iota // interpreted code, or compiled code that is known to recover, stands below
	unrecovered             // it would end the process
	collectors              // a finalizer or cleanup: the collector has one goroutine for them, and needs it for ever
)

// server is what calls the handlers of HTTP servers; each goroutine on which it runs recovers.
const server = "net/http.serverHandler.ServeHTTP"

// recovering are compiled functions below which every panic is recovered, as soon as they call anything. Whether other
// functions do cannot be known from outside.
var recovering = map[string]bool{
	server: true,
	"net/http.(*timeoutHandler).ServeHTTP.func1": true,
	"iter.Pull[...].func1":                       true, // to the caller of next
	"iter.Pull2[...].func1":                      true,
	"fmt.(*pp).handleMethods":                    true,
	"text/template.safeCall":                     true,
	"log/slog.Value.Resolve":                     true,
	"log/slog.(*handleState).appendValue":        true,
	"flag.isZeroValue":                           true,
}

// catcher is what recovers for fmt, and panics again when it is at work already.
const catcher = "fmt.(*pp).catchPanic"

var (
	startName    = runtime.FuncForPC(reflect.ValueOf(start).Pointer()).Name() // at the bottom of every goroutine that the machine starts
	callbackName = strings.TrimSuffix(startName, "start") + "(*closure).run"  // where compiled code called interpreted code
)

// fateOf is the fate of a panic of the function that called this one skip-1 calls ago, and the compiled function that
// recovers it. It looks no further than the next callback below, which asks again.
func fateOf(skip int) (f fate, by string) {
	for size := 64; ; size *= 4 {
		pcs := make([]uintptr, size)
		n := runtime.Callers(skip+1, pcs)
		names, whole := callers(pcs[:n], n < size)
		if whole {
			return judge(names)
		}
	}
}

// callers are the functions of pcs up to a callback or the start of the goroutine; whole says that there was one.
func callers(pcs []uintptr, bottom bool) (names []string, whole bool) {
	fs := runtime.CallersFrames(pcs)
	for more := len(pcs) > 0; more; {
		var f runtime.Frame
		f, more = fs.Next()
		names = append(names, f.Function)
		if f.Function == callbackName || f.Function == startName {
			return names, true
		}
	}
	return names, bottom
}

func judge(names []string) (f fate, by string) {
	catching := false
	for _, name := range names {
		catching = catching || name == catcher
	}
	for i, name := range names {
		switch {
		case name == callbackName, name == startName:
			return goesOn, ""
		case name == "runtime.runFinalizers", name == "runtime.runCleanups":
			return collectors, ""
		case recovering[name] && !deferring(names[:i], name) && !(catching && strings.HasPrefix(name, "fmt.")):
			return goesOn, name
		}
	}
	return unrecovered, ""
}

// deferring reports that a function literal of the named function is among those that it called: it may be at the end of it.
func deferring(called []string, name string) bool {
	for _, c := range called {
		if rest, ok := strings.CutPrefix(c, name+"."); ok && rest != "" {
			return true
		}
	}
	return false
}

// aborts reports that v is the panic by which a handler ends a reply without a word.
func (m *Machine) aborts(v any) bool {
	p := m.cfg.Package("net/http")
	return p != nil && p.Vars["ErrAbortHandler"].IsValid() && same(v, p.Vars["ErrAbortHandler"].Elem().Interface())
}
