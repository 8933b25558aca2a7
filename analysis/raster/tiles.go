package raster

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

// Fill writes the whole image tile by tile on all processors, for images that are computed: fill is called once for
// every tile, with the window that it covers and one slice a band, of the type that Create was told, for its pixels, row
// after row. Calls run beside each other; worker, from 0 to Workers less one, differs between those that do. It holds a
// tile for each worker in memory, and with overviews a row of tiles.
//
// It reports progress under label through the context and stops with it or with fill's first error; then Abort remains.
// Rows that were written before are an error.
func (w *Writer) Fill(ctx context.Context, label string, fill func(worker int, win Window, bands []any) error) error {
	l := w.levels[0]
	if w.done || l.taken > 0 {
		return fmt.Errorf("raster: %s: tiles after the first rows", w.path)
	}
	f := &filler{level: l, fill: fill}
	for range w.Workers() {
		f.desks = append(f.desks, l.desk())
	}
	for row := 0; row < l.down; row++ {
		if err := progress.Report(ctx, int64(l.taken), int64(l.height), label); err != nil {
			return err
		}
		if err := f.row(row); err != nil {
			return err
		}
	}
	return progress.Report(ctx, int64(l.height), int64(l.height), label)
}

// Workers returns how many calls Fill makes beside each other at most.
func (w *Writer) Workers() int { return max(1, min(runtime.GOMAXPROCS(0), w.levels[0].across)) }

// filler writes rows of tiles that a function computes.
type filler struct {
	*level
	fill  func(worker int, win Window, bands []any) error
	desks []*desk
}

// desk is what one worker needs to make a tile.
type desk struct {
	samples []any  // by band
	raw     []byte // the tile as it is stored, before compression
}

func (l *level) desk() *desk {
	d := &desk{}
	t := l.o.Tile
	for range l.h.Bands {
		d.samples = append(d.samples, makeSamples(l.h.Kind, min(t, l.width)*min(t, l.height)))
	}
	return d
}

// row makes and writes one row of tiles. Tiles that are not compressed have their places beforehand and are written by
// their makers; others follow each other in order.
func (f *filler) row(row int) error {
	t, n := f.o.Tile, min(f.o.Tile, f.height-f.taken)
	if f.next != nil {
		f.wait()
	}
	packed, errs := make([][]byte, f.across), make([]error, len(f.desks))
	var next atomic.Int64
	var group sync.WaitGroup
	for k, d := range f.desks {
		group.Go(func() {
			for c := int(next.Add(1)) - 1; c < f.across && errs[k] == nil; c = int(next.Add(1)) - 1 {
				win := Window{c * t, row * t, min(t, f.width-c*t), n}
				packed[c], errs[k] = f.make(k, d, win, c)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	for c, b := range packed {
		if err := f.place(b, f.o.Compression != None); err != nil {
			return fmt.Errorf("raster: %s: tile %d of row %d: %w", f.path, c, row, err)
		}
	}
	if f.next != nil {
		if err := f.halve(f.rows, 0, n); err != nil {
			return err
		}
	}
	f.taken += n
	return nil
}

// make returns one tile, packed, and has it written when it is not compressed.
func (f *filler) make(worker int, d *desk, win Window, c int) ([]byte, error) {
	bands := heads(d.samples, win.Pixels())
	if err := f.fill(worker, win, bands); err != nil {
		return nil, err
	}
	if f.next != nil {
		for i, b := range bands {
			for r := range win.Height {
				copyAny(f.rows[i], r*f.width+win.Col, b, r*win.Width, win.Width)
			}
		}
	}
	b := f.pack(d, bands, win)
	if f.o.Compression != None {
		predict(b, f.o.predictor(f.h.Kind), f.o.Tile*len(bands)*f.h.Kind.Size(), len(bands), f.h.Kind.Size())
		return f.enc.compress(f.o.Compression, b)
	}
	_, err := f.out.WriteAt(b, f.at+int64(c)*int64(len(b)))
	return b, err
}

// pack returns the tile's samples as the file has them, padded to a whole tile.
func (f *filler) pack(d *desk, bands []any, win Window) []byte {
	t, n, size := f.o.Tile, len(bands), f.h.Kind.Size()
	whole := win.Width == t && win.Height == t
	if whole && n == 1 && little && f.o.Compression == None {
		return rawBytes(bands[0], f.h.Kind)
	}
	if d.raw == nil {
		d.raw = make([]byte, t*t*n*size)
	} else if !whole {
		clear(d.raw)
	}
	row := t * n * size
	for r := range win.Height {
		for i, s := range bands {
			pack(d.raw, r*row+i*size, n, s, r*win.Width, win.Width)
		}
	}
	return d.raw
}
