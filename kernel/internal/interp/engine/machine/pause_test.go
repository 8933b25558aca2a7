package machine_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/machine"
	"github.com/sightline-osint/sightline/kernel/internal/interp/engine/program"
)

const pausable = `package main
import ("fmt"; "sync")
func main() {
	var wg sync.WaitGroup
	total := make([]int, 4)
	for g := range 4 {
		wg.Go(func() { for i := range 3_000_000 { total[g] += i % 7 } })
	}
	wg.Wait()
	fmt.Print(total)
}`

// TestPause pauses a program many times and looks for its right end.
func TestPause(t *testing.T) {
	p, err := program.Build("main.go", pausable)
	if err != nil {
		t.Fatal(err)
	}
	back := make(chan error)
	go func() { back <- p.Run(context.Background()) }()
	for {
		select {
		case err := <-back:
			if got := p.Out.String(); err != nil || got != "[8999994 8999994 8999994 8999994]" {
				t.Errorf("%q %v", got, err)
			}
			return
		default:
			p.Machine.Pause()()
		}
	}
}

// TestAPausedProgramCanBeStopped stops a program during a pause.
func TestAPausedProgramCanBeStopped(t *testing.T) {
	p, err := program.Build("main.go", `package main
import "sync"
func main() { var wg sync.WaitGroup; for range 4 { wg.Go(func() { for { } }) }; for { } }`)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	back := make(chan error)
	go func() { back <- p.Run(ctx) }()
	resume := p.Machine.Pause()
	defer resume()
	cancel()
	select {
	case err := <-back:
		if !errors.Is(err, machine.ErrInterrupted) {
			t.Error("error is ", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("goes on")
	}
}
