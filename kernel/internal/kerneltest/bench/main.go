// Command bench measures a kernel process through its sockets beside ipykernel: the same client, the same machine, the same
// run. It prints a Markdown table with the ratios; a peer that does not start or fails a task is shown as FAILED.
//
//	go run ./kernel/internal/kerneltest/bench -sightline out/sightline -python .venv/bin/python
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

func main() {
	sightline := flag.String("sightline", "sightline", "the sightline command")
	python := flag.String("python", "python3", "a Python that has ipykernel")
	rounds := flag.Int("rounds", 10, "how often starts are repeated")
	flag.Parse()
	peers := []*peer{
		{name: "sightline", argv: []string{*sightline, "kernel", "{connection_file}"}, code: goCells},
		{name: "ipykernel", argv: []string{*python, "-m", "ipykernel_launcher", "-f", "{connection_file}"}, code: pythonCells},
	}
	for _, p := range peers {
		p.measure(*rounds)
	}
	fmt.Printf("%s, %s/%s, %d processors, %s\n\n", time.Now().Format("2006-01-02"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Println("| task | target | sightline | ipykernel | ipykernel / sightline |\n|---|---|---|---|---|")
	failed := false
	for _, task := range tasks {
		ours, theirs := peers[0].results[task.name], peers[1].results[task.name]
		ratio := ""
		if ours.ok() && theirs.ok() && ours.value > 0 {
			ratio = fmt.Sprintf("%.3g", theirs.value/ours.value)
		}
		failed = failed || !ours.ok()
		fmt.Printf("| %s | %s | %s | %s | %s |\n", task.name, task.target, ours, theirs, ratio)
	}
	for _, p := range peers {
		for _, why := range p.failures {
			fmt.Printf("\nFAILED: %s: %s\n", p.name, why)
		}
	}
	if failed {
		os.Exit(1)
	}
}

// result is a measured value, in the unit that its task names.
type result struct {
	value float64
	unit  string
	err   error
}

func (r result) ok() bool { return r.err == nil && r.unit != "" }

func (r result) String() string {
	if !r.ok() {
		return "FAILED"
	}
	text := fmt.Sprintf("%.3g", r.value)
	if strings.Contains(text, "e") {
		text = fmt.Sprintf("%.0f", r.value)
	}
	return text + " " + r.unit
}
