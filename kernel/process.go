package kernel

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"
)

// handleSignals calls interrupt for SIGINT and end for signals that ask the process to end, until the function it returns is
// called.
func handleSignals(interrupt, end func()) (stop func()) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, append(endSignals(), os.Interrupt)...)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case s := <-signals:
				if s == os.Interrupt {
					interrupt()
				} else {
					end()
				}
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// watchParent calls end when the process that started the kernel is gone. pid is what Jupyter put into JPY_PARENT_PID; empty
// means that there is nobody to watch.
func watchParent(ctx context.Context, pid string, end func()) {
	parent, err := strconv.ParseInt(pid, 10, 64)
	if err != nil || parent <= 1 {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	alive := parentWatch(parent)
	for alive() {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
	end()
}

// defaultShare is the part of the machine's memory that a session may use if nothing else is said.
const defaultShare = 0.75

// MemoryLimit is how many bytes a session may use, as SIGHTLINE_MEMORY says: bytes with an optional K, M, G or T, a percentage
// of the machine's memory, "off" for no limit (0), or empty for three quarters of the machine's memory.
func MemoryLimit() (uint64, error) {
	return parseMemory(strings.TrimSpace(os.Getenv("SIGHTLINE_MEMORY")), machineMemory())
}

func parseMemory(text string, machine uint64) (uint64, error) {
	wrong := fmt.Errorf("SIGHTLINE_MEMORY=%q is not a size: write 4G, 800M, 50%% or off", text)
	number, unit := strings.TrimSuffix(strings.ToUpper(text), "B"), 1.0
	number = strings.TrimSuffix(number, "I")
	switch {
	case text == "":
		return uint64(float64(machine) * defaultShare), nil
	case strings.EqualFold(text, "off"):
		return 0, nil
	case strings.HasSuffix(number, "%"):
		number, unit = number[:len(number)-1], float64(machine)/100
	default:
		if i := strings.IndexByte("KMGT", number[max(0, len(number)-1)]); i >= 0 {
			number, unit = number[:len(number)-1], math.Exp2(float64(10*(i+1)))
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(n > 0) || n*unit >= math.MaxInt64 {
		return 0, wrong
	}
	return uint64(n * unit), nil
}
