package magic

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
)

func timeOnce() Command {
	return Command{Name: "time", Usage: "STATEMENT", Cell: true, Code: true, Help: "run a statement, or with %%time the cell, and say how long it took", Run: runTime}
}

func runTime(ctx context.Context, env *Env, args, body string) (interp.Result, error) {
	code := joinCode(args, body)
	if code == "" {
		return interp.Result{}, usage("%%time needs a statement: %%time total := sum(values); %%%%time on the first line times the whole cell")
	}
	begin := time.Now()
	result, err := env.Go(ctx, code)
	fmt.Fprintf(env.Output.Stdout(), "took %s\n", durationText(float64(time.Since(begin))))
	return result, err
}

func timeit() Command {
	return Command{Name: "timeit", Usage: "[-n LOOPS] [-r RUNS] STATEMENT", Cell: true, Code: true,
		Help: "run a statement often, or with %%timeit the cell, and say how long it takes", Run: runTimeit}
}

func runTimeit(ctx context.Context, env *Env, args, body string) (interp.Result, error) {
	loops, runs, args, err := timeitFlags(args)
	if err != nil {
		return interp.Result{}, err
	}
	code := joinCode(args, body)
	if code == "" {
		return interp.Result{}, usage("%%timeit needs a statement: %%timeit sum(values)")
	}
	code = asStatement(code)
	once := func(n int) (time.Duration, error) {
		begin := time.Now()
		_, err := env.Go(ctx, fmt.Sprintf("for range %d {\n%s\n}", n, code))
		return time.Since(begin), err
	}
	if _, err := once(1); err != nil { // also compiles whatever is compiled on first use
		return interp.Result{}, err
	}
	if loops == 0 {
		if loops, err = calibrate(once); err != nil {
			return interp.Result{}, err
		}
	}
	var sum, squares float64
	for range runs {
		d, err := once(loops)
		if err != nil {
			return interp.Result{}, err
		}
		each := float64(d) / float64(loops)
		sum += each
		squares += each * each
	}
	mean := sum / float64(runs)
	deviation := math.Sqrt(max(0, squares/float64(runs)-mean*mean))
	fmt.Fprintf(env.Output.Stdout(), "%s ± %s per loop (mean ± standard deviation of %d runs of %d loops)\n",
		durationText(mean), durationText(deviation), runs, loops)
	return interp.Result{}, nil
}

// calibrate finds the power of ten of loops that takes 0.1 s or more.
func calibrate(once func(int) (time.Duration, error)) (int, error) {
	for n := 1; ; n *= 10 {
		d, err := once(n)
		if err != nil || d >= 100*time.Millisecond || n >= 1e9 {
			return n, err
		}
	}
}

func timeitFlags(args string) (loops, runs int, rest string, err error) {
	runs, rest = 7, args
	for {
		flag, after := cutWord(rest)
		if flag != "-n" && flag != "-r" {
			return loops, runs, rest, nil
		}
		word, after := cutWord(after)
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return 0, 0, "", usage("%%timeit %s needs a positive number, not %q", flag, word)
		}
		if rest = after; flag == "-n" {
			loops = n
		} else {
			runs = n
		}
	}
}

// asStatement makes an expression that is no call a statement.
func asStatement(code string) string {
	e, err := parser.ParseExpr(code)
	if err != nil {
		return code
	}
	if _, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		return code
	}
	return "_ = " + code
}

// joinCode puts the arguments of a cell magic before its body.
func joinCode(args, body string) string {
	return strings.TrimSpace(args + "\n" + body)
}

// durationText writes nanoseconds with three digits and a unit.
func durationText(ns float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}} {
		if ns >= u.size {
			return strconv.FormatFloat(ns/u.size, 'g', 3, 64) + " " + u.name
		}
	}
	return strconv.FormatFloat(ns, 'g', 3, 64) + " ns"
}
