package region

import (
	"bytes"
	"runtime"
	"sync"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Run is a stretch of marked pixels in one row: columns Start to End, the last not included.
type Run struct{ Row, Start, End int32 }

// runsOf returns the runs of a mask, row by row, and where each row's begin; rows are searched on all processors.
func runsOf(m raster.Mask) (runs []Run, first []int32) {
	if m.Empty() {
		return nil, []int32{0}
	}
	workers := min(runtime.GOMAXPROCS(0), m.Height)
	parts, counts := make([][]Run, workers), make([]int32, m.Height)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() {
			for r := m.Height * k / workers; r < m.Height*(k+1)/workers; r++ {
				n := len(parts[k])
				parts[k] = rowRuns(parts[k], m.Bits[r*m.Width:(r+1)*m.Width], int32(r))
				counts[r] = int32(len(parts[k]) - n)
			}
		})
	}
	group.Wait()
	for _, p := range parts {
		runs = append(runs, p...)
	}
	first = make([]int32, m.Height+1)
	for r, n := range counts {
		first[r+1] = first[r] + n
	}
	return runs, first
}

func rowRuns(runs []Run, row []uint8, r int32) []Run {
	at := 0
	for {
		i := bytes.IndexByte(row[at:], 1)
		if i < 0 {
			return runs
		}
		at += i
		n := bytes.IndexByte(row[at:], 0)
		if n < 0 {
			return append(runs, Run{r, int32(at), int32(len(row))})
		}
		runs = append(runs, Run{r, int32(at), int32(at + n)})
		at += n
	}
}

// draw marks runs in a mask.
func draw(m raster.Mask, runs []Run) {
	for _, r := range runs {
		row := m.Bits[int(r.Row)*m.Width:]
		for c := r.Start; c < r.End; c++ {
			row[c] = 1
		}
	}
}
