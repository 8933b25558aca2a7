package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
	"runtime/pprof"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
)

func main() {
	src, _ := os.ReadFile(os.Args[1])
	p, err := program.Build("prog.go", string(src))
	if err != nil {
		fmt.Println("build:", err)
		os.Exit(1)
	}
	if f := os.Getenv("PROF"); f != "" {
		w, _ := os.Create(f)
		pprof.StartCPUProfile(w)
		defer pprof.StopCPUProfile()
	}
	t := time.Now()
	err = p.Run(context.Background())
	d := time.Since(t)
	time.Sleep(2*time.Millisecond)
	fmt.Print(p.Out.String())
	var pe *machine.Panic
	if errors.As(err, &pe) {
		fmt.Printf("panic: %T %v\n", pe.Value, pe)
		for _, l := range p.Frames(pe) {
			fmt.Println("\t", l)
		}
	} else if err != nil {
		fmt.Println("error:", err)
	}
	fmt.Println("--", d)
}
