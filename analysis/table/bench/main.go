// Command bench measures the tables on made-up positions: load, filter, group, join and sort, in seconds, with the largest
// memory. peers.py does the same with pandas and polars, run.sh compares them.
//
//	go run ./analysis/table/bench make -rows 10000000 -dir /tmp/bench
//	go run ./analysis/table/bench run -dir /tmp/bench
//	go run ./analysis/table/bench ais -rows 10000000 -dir /tmp/bench    simulated ship positions, end to end
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/sightline-osint/sightline/analysis/table"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: bench make|run|ais [flags]")
		os.Exit(2)
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	dir := flags.String("dir", filepath.Join(os.TempDir(), "sightline-bench-table"), "folder of the files")
	rows := flags.Int("rows", 1_000_000, "rows to make")
	flags.Parse(os.Args[2:])
	var err error
	switch os.Args[1] {
	case "make":
		err = makeFiles(*dir, *rows)
	case "run":
		err = run(*dir)
	case "ais":
		err = positions(*dir, *rows)
	default:
		err = fmt.Errorf("unknown verb %q", os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

const places, ids = 200, 1_000_000

// makeFiles writes rows.csv, places.csv and ids.csv, the same for the same number of rows.
func makeFiles(dir string, rows int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(11, 13))
	start := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	err := write(filepath.Join(dir, "rows.csv"), func(w *bufio.Writer) {
		w.WriteString("id,place,t,length_m,quantity\n")
		var b []byte
		for range rows {
			b = strconv.AppendInt(b[:0], int64(r.IntN(ids)), 10)
			b = fmt.Appendf(b, ",place_%03d,", r.IntN(places))
			b = start.Add(time.Duration(r.IntN(365*86400))*time.Second).AppendFormat(b, "2006-01-02T15:04:05Z")
			b = strconv.AppendFloat(append(b, ','), float64(r.IntN(4000))/10, 'f', 1, 64)
			b = strconv.AppendInt(append(b, ','), int64(r.IntN(9)), 10)
			w.Write(append(b, '\n'))
		}
	})
	if err != nil {
		return err
	}
	err = write(filepath.Join(dir, "places.csv"), func(w *bufio.Writer) {
		w.WriteString("place,country\n")
		for i := range places {
			fmt.Fprintf(w, "place_%03d,C%d\n", i, i%7)
		}
	})
	if err != nil {
		return err
	}
	return write(filepath.Join(dir, "ids.csv"), func(w *bufio.Writer) {
		w.WriteString("id,tonnage\n")
		for _, i := range r.Perm(ids) {
			fmt.Fprintf(w, "%d,%d\n", i, r.IntN(50_000))
		}
	})
}

func write(path string, f func(*bufio.Writer)) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	f(w)
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// run does the steps once and prints wall and processor seconds as JSON, with a checksum that all engines must agree on.
func run(dir string) error {
	ctx := context.Background()
	secs, cpu := map[string]float64{}, map[string]float64{}
	var failed error
	step := func(name string, f func() (*table.Table, error)) *table.Table {
		runtime.GC()
		at, used := time.Now(), cpuSeconds()
		t, err := f()
		secs[name], cpu[name] = time.Since(at).Seconds(), cpuSeconds()-used
		if err == nil {
			err = t.Err()
		}
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s: %w", name, err)
		}
		return t
	}
	right := func(name string) *table.Table {
		t, err := table.CSV{}.ReadFile(ctx, filepath.Join(dir, name))
		if err != nil && failed == nil {
			failed = err
		}
		return t
	}
	byPlace, byID := right("places.csv"), right("ids.csv")
	if failed != nil {
		return failed
	}
	t := step("load", func() (*table.Table, error) { return table.CSV{}.ReadFile(ctx, filepath.Join(dir, "rows.csv")) })
	if failed != nil {
		return failed
	}
	sums := map[string]int64{"load": int64(t.Len())}
	f := step("filter", func() (*table.Table, error) {
		return t.Where(table.AtLeast("length_m", 200), table.Above("quantity", 3)), nil
	})
	sums["filter"] = int64(f.Len())
	step("filter, read", func() (*table.Table, error) { // what the next verb pays if it wants every column
		f.Columns()
		return f, nil
	})
	f = nil
	g := step("group", func() (*table.Table, error) {
		return t.WithMonth("month", "t").GroupBy("place", "month").Aggregate(table.Count("n"), table.Sum("quantity"), table.Mean("length_m")), nil
	})
	sums["group"] = int64(g.Len())
	j := step("join 200", func() (*table.Table, error) { return t.Join(byPlace, table.Inner, "place"), nil })
	sums["join 200"] = int64(j.Len())
	j = step("join 1M", func() (*table.Table, error) { return t.Join(byID, table.Inner, "id"), nil })
	sums["join 1M"] = int64(j.Len())
	j = nil
	s := step("sort", func() (*table.Table, error) { return t.SortBy("t", "length_m"), nil })
	if failed != nil {
		return failed
	}
	last, _ := s.Row(s.Len() - 1).Int("id")
	sums["sort"] = last
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"engine": "sightline", "seconds": secs, "cpu": cpu, "check": sums, "peak_mb": peakMB()})
}
