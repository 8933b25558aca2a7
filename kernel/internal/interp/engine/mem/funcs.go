package mem

import (
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Closures recognises func values that were made around an owner, an object that they capture, by their code word.
// Every func value of one piece of code keeps its variables at the same places (R2).
type Closures struct {
	mu  sync.Mutex
	tab [8192]atomic.Pointer[closureCode]
}

type closureCode struct {
	code  uintptr // of the func value
	off   uintptr // where it keeps the owner, or, if inner is set, the inner func value
	inner uintptr // code of the func value that reflect.MakeFunc was given
	owner uintptr // where that keeps the owner
}

func (c *Closures) find(code uintptr) *closureCode {
	for i := code >> 4 % uintptr(len(c.tab)); ; i = (i + 1) % uintptr(len(c.tab)) {
		if e := c.tab[i].Load(); e == nil || e.code == code {
			return e
		}
	}
}

func (c *Closures) add(e *closureCode) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := e.code >> 4 % uintptr(len(c.tab)); ; i = (i + 1) % uintptr(len(c.tab)) {
		if x := c.tab[i].Load(); x == nil {
			c.tab[i].Store(e)
			return
		} else if x.code == e.code {
			return
		}
	}
}

// word finds the word of a func value that holds want. A closure over an owner is at most a dictionary and a few
// variables long; the search ends at the word it looks for, which the caller knows to be there.
func word(p, want Ptr) uintptr {
	for o := uintptr(8); o < 8*8; o += 8 {
		if *(*Ptr)(unsafe.Add(p, o)) == want {
			return o
		}
	}
	panic("mem: a func value does not capture its owner")
}

// Direct tells of the func value f, a closure that captures owner.
func (c *Closures) Direct(f, owner Ptr) {
	code := *(*uintptr)(f)
	if c.find(code) == nil {
		c.add(&closureCode{code: code, off: word(f, owner)})
	}
}

// Made tells of v, made by reflect.MakeFunc of inner, a closure that captures owner.
func (c *Closures) Made(v reflect.Value, inner func([]reflect.Value) []reflect.Value, owner Ptr) Ptr {
	i := v.Interface()
	f := (*Iface)(unsafe.Pointer(&i)).Data
	in := FuncPtr(inner)
	if code := *(*uintptr)(f); c.find(code) == nil {
		c.add(&closureCode{code: code, off: word(f, in), inner: *(*uintptr)(in), owner: word(in, owner)})
	}
	return f
}

// Owner is what the func value f was made around, nil if it is a stranger.
func (c *Closures) Owner(f Ptr) Ptr {
	e := c.find(*(*uintptr)(f))
	if e == nil {
		return nil
	}
	p := *(*Ptr)(unsafe.Add(f, e.off))
	if e.inner == 0 {
		return p
	}
	if *(*uintptr)(p) != e.inner {
		return nil
	}
	return *(*Ptr)(unsafe.Add(p, e.owner))
}

// FuncWord is the word of the func value in v.
func FuncWord(v reflect.Value) Ptr {
	i := v.Interface()
	return (*Iface)(unsafe.Pointer(&i)).Data
}

// CodeOf is the code of a function without variables.
func CodeOf(f func()) Ptr { return **(**Ptr)(unsafe.Pointer(&f)) }
