package machine

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/pprof"
	"strconv"
	"sync"
	"sync/atomic"

	"golang.org/x/tools/go/ssa"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/mem"
	"github.com/sightline-osint/sightline/kernel/internal/interp/registry"
)

// Run is the execution of a cell and of the goroutines that it starts.
type Run struct {
	m    *Machine
	ctx  context.Context
	out  interp.Output
	stop atomic.Uint32 // going, ended or held
	done chan struct{} // closed with stop
	once sync.Once
	why  atomic.Pointer[error] // ErrInterrupted, *Exit …
	live atomic.Int64          // goroutines that run interpreted code

	mu     sync.Mutex
	values map[*binding]any // functions and variables bound to this run
	trace  []Frame          // frames that the panic in flight left in callbacks
	traced any
}

var _ registry.Run = (*Run)(nil)

// NewRun makes a run that ends when ctx does. out takes what it writes.
func (m *Machine) NewRun(ctx context.Context, out interp.Output) *Run {
	r := &Run{m: m, ctx: ctx, out: out, done: make(chan struct{}), values: map[*binding]any{}}
	context.AfterFunc(ctx, func() { r.Stop(ErrInterrupted) })
	m.last.Store(r)
	return r
}

// Context is the run's context.
func (r *Run) Context() context.Context { return r.ctx }

// Output is where the run writes.
func (r *Run) Output() interp.Output { return r.out }

// Exit ends the run with an *Exit; it does not return.
func (r *Run) Exit(code int) {
	r.Stop(&Exit{code})
	panic(stopped{r, new(byte)})
}

// Stop ends the run's interpreted code with err at its next back edge, call or channel operation. The first call counts.
func (r *Run) Stop(err error) {
	r.once.Do(func() {
		r.why.Store(&err)
		r.stop.Store(ended)
		close(r.done)
	})
}

// Done is closed when the run is stopped.
func (r *Run) Done() <-chan struct{} { return r.done }

// Live is the number of the run's goroutines that are in interpreted code or were started by it.
func (r *Run) Live() int { return int(r.live.Load()) }

// Err is why the run was stopped, nil if it was not.
func (r *Run) Err() error {
	if e := r.why.Load(); e != nil {
		return *e
	}
	return nil
}

// binding is a function or variable that each run has its own of.
type binding struct {
	make   func(registry.Run) any
	placed func(registry.Place) any // wins: each call has its own
}

func (r *Run) value(b *binding) any {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.values[b]
	if !ok {
		v = b.make(r)
		r.values[b] = v
	}
	return v
}

// function is what a call on th calls.
func (b *binding) function(th *thread) ptr { return mem.FuncWord(b.value(th)) }

func (b *binding) value(th *thread) reflect.Value {
	if b.placed != nil {
		return reflect.ValueOf(b.placed(&place{Run: th.run, th: th}))
	}
	return reflect.ValueOf(th.run.value(b))
}

// operand is the func value that th has of it now and may call elsewhere.
func (b *binding) operand(th *thread) ptr {
	if b.placed != nil {
		return mem.FuncWord(reflect.ValueOf(b.placed(&place{Run: th.run, callers: th.callers()})))
	}
	return b.function(th)
}

func (r *Run) variable(b *binding) ptr { return mem.AddrOf(reflect.ValueOf(r.value(b))) }

// mark makes the goroutine, and all that it starts, part of the run.
func (r *Run) mark() (restore func()) {
	n := r.m.runID.Add(1)
	ctx := pprof.WithLabels(context.Background(), pprof.Labels("cell", strconv.FormatInt(n, 10)))
	pprof.SetGoroutineLabels(ctx)
	r.m.runs.add(mem.Label(), r)
	return func() { pprof.SetGoroutineLabels(context.Background()) }
}

// runTable finds the run of a goroutine by its labels. An entry lives as long as a goroutine carries them.
type runTable struct {
	all  sync.Map // mem.Key of the label set -> *Run
	last atomic.Pointer[runEntry]
}

type runEntry struct {
	key mem.Key
	run *Run
}

func (t *runTable) add(label ptr, r *Run) {
	k := mem.KeyOf(label)
	t.all.Store(k, r)
	mem.Cleanup(label, func() {
		t.all.Delete(k)
		if e := t.last.Load(); e != nil && e.key == k {
			t.last.CompareAndSwap(e, nil)
		}
	})
}

func (t *runTable) find(label ptr) *Run {
	k := mem.KeyOf(label)
	if e := t.last.Load(); e != nil && e.key == k {
		return e.run
	}
	if r, ok := t.all.Load(k); ok {
		t.last.Store(&runEntry{k, r.(*Run)})
		return r.(*Run)
	}
	return nil
}

// thread is a thread for compiled code that calls back on this goroutine.
func (m *Machine) thread() *thread {
	th, _ := m.threads.Get().(*thread)
	if th == nil {
		th = m.newThread(nil)
		if m.made.Add(1)%1000 == 0 && runtime.Callers(maxGoDepth, make([]uintptr, 1)) > 0 {
			panic(th.overflow())
		}
	}
	th.label = mem.Label()
	if th.run = m.runs.find(th.label); th.run == nil {
		th.run, th.label = m.last.Load(), nil
	}
	th.nest, th.recov = 0, nil
	return th
}

// here reports that a thread that was used before belongs to the run of this goroutine.
func (th *thread) here() bool { return th.label == mem.Label() }

func (m *Machine) newThread(r *Run) *thread {
	return &thread{m: m, run: r, pool: make([]*hdr, poolStart), maps: new(mapUser)}
}

// stopped is the panic that ends interpreted code of a run.
type stopped struct {
	run *Run
	one *byte // tells it from that of another goroutine of the run
}

// interrupted waits while the machine pauses, and ends the code of a run that was stopped.
func (th *thread) interrupted() {
	if th.wait(); th.run.stop.Load() == ended {
		panic(stopped{th.run, new(byte)})
	}
}

// ErrInterrupted is the error of a run that was interrupted.
var ErrInterrupted = errors.New("interrupted")

// Call runs fn, a func(), to its end on the calling goroutine. The error is nil, a *Panic, an *Exit, ErrInterrupted or
// what else the run was stopped with, or ErrGoexit.
func (m *Machine) Call(run *Run, fn *ssa.Function) error {
	m.mu.Lock()
	f := m.fn(fn)
	m.mu.Unlock()
	if f.ssa.Blocks == nil {
		return fmt.Errorf("%s has no body", fn)
	}
	return m.apart(run, func(th *thread) {
		g := f.ready()
		th.enter(g, th.frame(g))
	})
}

// Do runs f, compiled code that may call back, to its end as a part of a run. The error is that of Call.
func (m *Machine) Do(run *Run, f func()) error {
	return m.apart(run, func(*thread) { f() })
}

// apart runs f to its end on a goroutine of its own: runtime.Goexit must end none of the caller's.
func (m *Machine) apart(run *Run, f func(*thread)) (err error) {
	done := make(chan struct{})
	go start(func() {
		defer close(done)
		err = ErrGoexit
		err = m.call(run, f)
	})
	<-done
	return err
}

// ErrGoexit is the error of a function that called runtime.Goexit.
var ErrGoexit = errors.New("runtime.Goexit called")

func (m *Machine) call(run *Run, f func(*thread)) (err error) {
	defer run.mark()()
	th := m.newThread(run)
	run.live.Add(1)
	defer run.live.Add(-1)
	defer th.leaveMaps()
	defer func() {
		if v := recover(); v != nil {
			err = th.failure(v)
		}
	}()
	f(th)
	return run.Err()
}

// spawn runs d on a goroutine of its own.
func (th *thread) spawn(d pending) {
	t := th.m.newThread(th.run)
	t.run.live.Add(1)
	go start(func() {
		defer t.run.live.Add(-1)
		defer t.leaveMaps()
		defer func() {
			if v := recover(); v != nil {
				t.report(v, "")
			}
		}()
		d(t, nil)
	})
}
