// Package runner is the half of the engine benchmark that every engine shares: it reads tasks, evaluates and times
// them, and writes results. It has no dependencies, so that peers with old ones can use it.
package runner

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// Task is a piece of work: the cells of Setup are evaluated once, Run several times.
type Task struct {
	Name  string
	Setup []string
	Run   string
}

// Result is the best time of a task in seconds, the value it gave, or why it failed.
type Result struct {
	Name, Value, Err string
	Seconds          float64
}

const (
	repeats = 5
	enough  = 6 * time.Second // a slow engine is not asked again
)

// Eval evaluates one cell of a session.
type Eval func(src string) (any, error)

// Main serves one engine, with a new session for each task: tasks as JSON on standard input, results as JSON lines on
// the file descriptor 3.
func Main(open func() Eval) {
	out := os.NewFile(3, "results")
	var tasks []Task
	if err := json.NewDecoder(os.Stdin).Decode(&tasks); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	enc := json.NewEncoder(out)
	for _, t := range tasks {
		if err := enc.Encode(One(t, open)); err != nil {
			os.Exit(2)
		}
	}
}

// One evaluates a task and times it.
func One(t Task, open func() Eval) (r Result) {
	r.Name = t.Name
	defer func() {
		if p := recover(); p != nil {
			r.Err = fmt.Sprint("panic: ", p)
		}
	}()
	eval := open()
	for _, cell := range t.Setup {
		if _, err := eval(cell); err != nil {
			r.Err = "setup: " + err.Error()
			return r
		}
	}
	var total time.Duration
	for k := 0; k < repeats && total < enough; k++ {
		from := time.Now()
		v, err := eval(t.Run)
		d := time.Since(from)
		if err != nil {
			r.Err = err.Error()
			return r
		}
		total += d
		if s := d.Seconds(); k == 0 || s < r.Seconds {
			r.Seconds = s
		}
		r.Value = fmt.Sprint(v)
	}
	return r
}
