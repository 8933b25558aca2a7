package raster

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
)

// level is the full image or one overview while it is written.
type level struct {
	*Writer
	width, height   int
	across, down    int
	rows            []any // by band: the rows that wait for a full row of tiles
	waiting, taken  int   // rows waiting, rows taken in all
	odd             []any // by band: the row that waits for its pair before it is halved; nil when none does
	out             *os.File
	at              int64 // where in out the next tile goes
	offsets, counts []int64
	next            *level
}

func (w *Writer) level(width, height int) *level {
	t := w.o.Tile
	l := &level{Writer: w, width: width, height: height, across: (width + t - 1) / t, down: (height + t - 1) / t}
	return l
}

// wait makes room for a row of tiles.
func (l *level) wait() {
	for len(l.rows) < len(l.h.Bands) {
		l.rows = append(l.rows, makeSamples(l.h.Kind, l.width*min(l.o.Tile, l.height)))
	}
}

// take accepts n rows from row `from` of the bands' slices.
func (l *level) take(bands []any, from, n int) error {
	if l.next != nil {
		if err := l.halve(bands, from, n); err != nil {
			return err
		}
	}
	l.wait()
	for n > 0 {
		k := min(n, l.o.Tile-l.waiting)
		for i, b := range bands {
			copyAny(l.rows[i], l.waiting*l.width, b, from*l.width, k*l.width)
		}
		l.waiting, l.taken, from, n = l.waiting+k, l.taken+k, from+k, n-k
		if l.waiting == l.o.Tile || l.taken == l.height {
			if err := l.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush writes the waiting rows as one row of tiles, compressed side by side.
func (l *level) flush() error {
	packed := make([][]byte, l.across)
	errs := make([]error, l.across)
	workers := min(runtime.GOMAXPROCS(0), l.across)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() {
			for c := k; c < l.across; c += workers {
				packed[c], errs[c] = l.tile(c)
			}
		})
	}
	group.Wait()
	for c, b := range packed {
		if errs[c] != nil {
			return errs[c]
		}
		if err := l.place(b, true); err != nil {
			return err
		}
	}
	l.waiting = 0
	return nil
}

// place gives the next tile its place in the file, and writes it unless that was done.
func (l *level) place(b []byte, write bool) error {
	if write {
		if _, err := l.out.WriteAt(b, l.at); err != nil {
			return err
		}
	}
	l.offsets, l.counts = append(l.offsets, l.at), append(l.counts, int64(len(b)))
	l.at += int64(len(b))
	return nil
}

// tile returns one compressed tile of the waiting rows.
func (l *level) tile(c int) ([]byte, error) {
	t, n, size := l.o.Tile, len(l.rows), l.h.Kind.Size()
	row := t * n * size
	b := make([]byte, t*row)
	wide := min(t, l.width-c*t)
	for r := range l.waiting {
		for i, s := range l.rows {
			pack(b, r*row+i*size, n, s, r*l.width+c*t, wide)
		}
	}
	predict(b, l.o.predictor(l.h.Kind), row, n, size)
	return l.enc.compress(l.o.Compression, b)
}

// halve gives the next level the mean of every two by two samples; missing ones do not count.
func (l *level) halve(bands []any, from, n int) error {
	for r := from; r < from+n; r++ {
		last := l.taken+r-from == l.height-1
		if l.odd == nil && !last {
			for range bands {
				l.odd = append(l.odd, makeSamples(l.h.Kind, l.width))
			}
			for i, b := range bands {
				copyAny(l.odd[i], 0, b, r*l.width, l.width)
			}
			continue
		}
		half := make([]any, len(bands))
		for i, b := range bands {
			half[i] = makeSamples(l.h.Kind, l.next.width)
			low := makeSamples(l.h.Kind, l.width)
			copyAny(low, 0, b, r*l.width, l.width)
			high := low
			if l.odd != nil {
				high = l.odd[i]
			}
			meanRows(half[i], high, low, l.h.NoData)
		}
		l.odd = nil
		if l.next.taken == l.next.height {
			return fmt.Errorf("raster: overview of %d rows is full", l.next.height)
		}
		if err := l.next.take(half, 0, 1); err != nil {
			return err
		}
	}
	return nil
}

// copyTo appends a spooled level to the file and moves its offsets there.
func (l *level) copyTo(w *os.File, at int64) (int64, error) {
	if _, err := l.out.Seek(0, io.SeekStart); err != nil {
		return at, err
	}
	if _, err := w.Seek(at, io.SeekStart); err != nil {
		return at, err
	}
	n, err := io.Copy(w, l.out)
	for i := range l.offsets {
		l.offsets[i] += at
	}
	return at + n, err
}
