// Command bench measures a kernel process through its sockets beside ipykernel: the same client, the same machine, the same
// run. It prints a Markdown table with the ratios; a peer that does not start or fails a task is shown as FAILED.
//
//	go run ./kernel/internal/kerneltest/bench -sightline out/sightline -python .venv/bin/python
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/kerneltest/host"
)

func main() {
	sightline := flag.String("sightline", "sightline", "the sightline command")
	python := flag.String("python", "python3", "a Python that has ipykernel; empty: measure no peer")
	rounds := flag.Int("rounds", 10, "how often starts are repeated")
	only := flag.String("only", "", "measure only the tasks whose names hold this text")
	flag.Parse()
	tasks = slices.DeleteFunc(tasks, func(t task) bool { return !strings.Contains(t.name, *only) })
	peers := []*peer{
		{name: "sightline", argv: []string{*sightline, "kernel", "{connection_file}"}, code: goCells},
		{name: "ipykernel", argv: []string{*python, "-m", "ipykernel_launcher", "-f", "{connection_file}"}, code: pythonCells},
	}
	if *python == "" {
		peers = peers[:1]
	}
	fmt.Printf("%s:\n\n", host.Describe("make bench-kernel"))
	for _, p := range peers {
		p.measure(*rounds)
	}
	failed := table(peers)
	for _, p := range peers {
		for _, why := range p.failures {
			fmt.Printf("\nFAILED: %s: %s\n", p.name, why)
		}
	}
	if failed {
		os.Exit(1)
	}
}

// table prints what was measured, with the ratio of the second peer to the first. It says whether the first failed at anything.
func table(peers []*peer) (failed bool) {
	head, rule := "| task | target |", "|---|---|"
	for i, p := range peers {
		head, rule = head+" "+p.name+" |", rule+"---|"
		if i > 0 {
			head, rule = head+" "+p.name+" / "+peers[0].name+" |", rule+"---|"
		}
	}
	fmt.Println(head + "\n" + rule)
	for _, task := range tasks {
		ours := peers[0].results[task.name]
		failed = failed || !ours.ok()
		row := fmt.Sprintf("| %s | %s | %s |", task.name, task.target, ours)
		for _, p := range peers[1:] {
			theirs, ratio := p.results[task.name], ""
			if ours.ok() && theirs.ok() && ours.value > 0 {
				ratio = fmt.Sprintf("%.3g", theirs.value/ours.value)
			}
			row += fmt.Sprintf(" %s | %s |", theirs, ratio)
		}
		fmt.Println(row)
	}
	return failed
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
