package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A task measures one thing. start tasks get no running kernel, all others share one.
type task struct {
	name, target string
	start        bool
	run          func(p *peer, k *kernel, rounds int) (result, error)
}

// cells are the codes of one language.
type cells struct {
	setup, trivial, complete, inspect, lines, html, loop, keep, kept, keptValue string
	cell                                                                        func(i int) string
}

var goCells = cells{
	setup:    "import (\n\t\"fmt\"\n\t\"strings\"\n)",
	trivial:  "1 + 1",
	complete: "strings.To",
	inspect:  "strings.ToUpper",
	lines:    "for i := range 10_000 {\n\tfmt.Printf(\"line %d of ten thousand\\n\", i)\n}",
	html:     "import \"github.com/sightline-osint/sightline/kernel/display\"\ndisplay.Display(display.HTML(strings.Repeat(\"<b>x</b>\", 655360)))",
	loop:     "for {\n}",
	keep:     "kept := 41",
	kept:     "kept + 1", keptValue: "42",
	cell: func(i int) string { return fmt.Sprintf("v%d := %d\nfmt.Sprint(v%d)", i, i, i) },
}

var pythonCells = cells{
	setup:    "import os",
	trivial:  "1 + 1",
	complete: "os.pat",
	inspect:  "os.path.join",
	lines:    "for i in range(10_000):\n    print(f'line {i} of ten thousand')",
	html:     "from IPython.display import display, HTML\ndisplay(HTML('<b>x</b>' * 655360))",
	loop:     "while True:\n    pass",
	keep:     "kept = 41",
	kept:     "kept + 1", keptValue: "42",
	cell: func(i int) string { return fmt.Sprintf("v%d = %d\nstr(v%d)", i, i, i) },
}

var tasks = []task{
	{"cold start to kernel_info_reply, median", "33 ms", true, coldStart},
	{"resident memory after start", "40 MiB", false, resident},
	{"growth of memory over 1,000 cells", "30 MiB", false, growth},
	{"trivial cell to idle, median", "0.6 ms", false, quantile(0.5, trivial)},
	{"trivial cell to idle, p95", "1.7 ms", false, quantile(0.95, trivial)},
	{"complete, median", "1 ms", false, quantile(0.5, asks("complete_request", func(c cells) map[string]any {
		return map[string]any{"code": c.complete, "cursor_pos": len(c.complete)}
	}, func(content map[string]any) bool { return len(content["matches"].([]any)) > 0 }))},
	{"inspect, median", "2 ms", false, quantile(0.5, asks("inspect_request", func(c cells) map[string]any {
		return map[string]any{"code": c.inspect, "cursor_pos": len(c.inspect), "detail_level": 0}
	}, func(content map[string]any) bool { return content["found"] == true }))},
	{"10,000 lines of output, all and in order, median", "40 ms", false, quantile(0.5, lines)},
	{"5 MiB of HTML, median", "40 ms", false, quantile(0.5, html)},
	{"interrupt of a tight loop, state kept, median", "10 ms", false, quantile(0.5, interrupt)},
	{"restart to kernel_info_reply, median", "60 ms", true, restart},
}

func coldStart(p *peer, _ *kernel, rounds int) (result, error) {
	return median(rounds, func() (time.Duration, error) {
		began := time.Now()
		k, err := p.start()
		if err != nil {
			return 0, err
		}
		took := time.Since(began)
		return took, k.end()
	})
}

func restart(p *peer, _ *kernel, rounds int) (result, error) {
	k, err := p.start()
	if err != nil {
		return result{}, err
	}
	r, err := median(rounds, func() (time.Duration, error) {
		began := time.Now()
		if err := k.end(); err != nil {
			return 0, err
		}
		if k, err = p.start(); err != nil {
			return 0, err
		}
		return time.Since(began), nil
	})
	if err != nil {
		return r, err
	}
	return r, k.end()
}

func trivial(p *peer, k *kernel) (time.Duration, error) {
	return k.execute(p.code.trivial, nil)
}

func asks(kind string, content func(cells) map[string]any, good func(map[string]any) bool) func(*peer, *kernel) (time.Duration, error) {
	return func(p *peer, k *kernel) (time.Duration, error) {
		began := time.Now()
		reply, err := k.ask("shell", kind, content(p.code))
		took := time.Since(began)
		if err == nil && !good(reply) {
			err = fmt.Errorf("%s finds nothing", kind)
		}
		return took, err
	}
}

func lines(p *peer, k *kernel) (time.Duration, error) {
	var out strings.Builder
	took, err := k.execute(p.code.lines, func(kind string, content map[string]any) {
		if kind == "stream" {
			out.WriteString(content["text"].(string))
		}
	})
	if err != nil {
		return took, err
	}
	var want strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&want, "line %d of ten thousand\n", i)
	}
	if out.String() != want.String() {
		return took, fmt.Errorf("%d of %d bytes of output arrived", out.Len(), want.Len())
	}
	return took, nil
}

func html(p *peer, k *kernel) (time.Duration, error) {
	size := 0
	took, err := k.execute(p.code.html, func(kind string, content map[string]any) {
		if kind == "display_data" {
			text, _ := content["data"].(map[string]any)["text/html"].(string)
			size += len(text)
		}
	})
	if err == nil && size != 5<<20 {
		err = fmt.Errorf("%d bytes of HTML arrived", size)
	}
	return took, err
}

func interrupt(p *peer, k *kernel) (time.Duration, error) {
	if _, err := k.execute(p.code.keep, nil); err != nil {
		return 0, err
	}
	took, err := k.interruptLoop(p.code.loop)
	if err != nil {
		return took, err
	}
	value := ""
	_, err = k.execute(p.code.kept, func(kind string, content map[string]any) {
		if kind == "execute_result" {
			value, _ = content["data"].(map[string]any)["text/plain"].(string)
		}
	})
	if err == nil && value != p.code.keptValue {
		err = errors.New("the interrupted session lost its state")
	}
	return took, err
}

func resident(_ *peer, k *kernel, _ int) (result, error) {
	n, err := k.resident()
	return result{value: n, unit: "MiB"}, err
}

func growth(p *peer, k *kernel, _ int) (result, error) {
	before, err := k.resident()
	if err != nil {
		return result{}, err
	}
	for i := range 1000 {
		if _, err := k.execute(p.code.cell(i), nil); err != nil {
			return result{}, err
		}
	}
	after, err := k.resident()
	return result{value: after - before, unit: "MiB"}, err
}

// quantile repeats a measurement for a while and takes a quantile of its milliseconds.
func quantile(q float64, once func(*peer, *kernel) (time.Duration, error)) func(*peer, *kernel, int) (result, error) {
	return func(p *peer, k *kernel, _ int) (result, error) {
		var all []float64
		for began := time.Now(); len(all) < 5 || len(all) < 1000 && time.Since(began) < 1500*time.Millisecond; {
			d, err := once(p, k)
			if err != nil {
				return result{}, err
			}
			all = append(all, float64(d)/1e6)
		}
		slices.Sort(all)
		return result{value: all[int(q*float64(len(all)-1))], unit: "ms"}, nil
	}
}

// median repeats a measurement a number of times.
func median(rounds int, once func() (time.Duration, error)) (result, error) {
	var all []float64
	for range rounds {
		d, err := once()
		if err != nil {
			return result{}, err
		}
		all = append(all, float64(d)/1e6)
	}
	slices.Sort(all)
	return result{value: all[len(all)/2], unit: "ms"}, nil
}
