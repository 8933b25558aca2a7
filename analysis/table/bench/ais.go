package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/sightline-osint/sightline/analysis/sighting/ais"
	"github.com/sightline-osint/sightline/analysis/table"
)

// positions makes simulated ship positions and works on them as one would in a notebook: load, filter, group, describe; then
// it interrupts a second load half-way. Each step's time and the largest memory so far are printed.
func positions(dir string, rows int) error {
	ctx := context.Background()
	path := filepath.Join(dir, "ais.csv")
	at := time.Now()
	say := func(step string, format string, args ...any) {
		fmt.Printf("%-10s %6.2f s  %5.0f MB  %s\n", step, time.Since(at).Seconds(), peakMB(), fmt.Sprintf(format, args...))
		at = time.Now()
	}
	if err := simulate(ctx, path, rows); err != nil {
		return err
	}
	say("simulate", "%d rows", rows)
	t, err := table.CSV{Schema: ais.Schema()}.ReadFile(ctx, path)
	if err != nil {
		return err
	}
	say("load", "%d rows", t.Len())
	moored := t.Where(table.Is("status", "moored"))
	say("filter", "%d rows are moored", moored.Len())
	days := moored.WithDay("day", "t").GroupBy("place_id", "day").Aggregate(table.Count("positions"), table.Distinct("mmsi"))
	if days.Err() != nil {
		return days.Err()
	}
	say("group", "%d days at berth", days.Len())
	d := t.Describe()
	say("describe", "\n%s", d)
	return interrupt(path, say)
}

func simulate(ctx context.Context, path string, rows int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	err = ais.Simulation{Rows: rows, Seed: 1}.Write(ctx, w)
	return errors.Join(err, w.Flush(), f.Close())
}

// halfway cancels the work when it reports that half of it is done.
type halfway struct {
	cancel context.CancelFunc
	when   time.Time
	calls  int
}

func (h *halfway) Progress(done, total int64, _ string) {
	h.calls++
	if done*2 >= total && h.when.IsZero() {
		h.when = time.Now()
		h.cancel()
	}
}

func interrupt(path string, say func(string, string, ...any)) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	h := &halfway{cancel: cancel}
	//lint:ignore SA1029 the key is a plain string, so that libraries need not import the kernel
	_, err := table.CSV{Schema: ais.Schema()}.ReadFile(context.WithValue(ctx, "sightline.progress", h), path)
	if !errors.Is(err, context.Canceled) {
		return fmt.Errorf("a load that was interrupted ended with: %v", err)
	}
	say("interrupt", "a load stopped %.3f s after it was cancelled half-way; it had reported %d times", time.Since(h.when).Seconds(), h.calls)
	return nil
}
