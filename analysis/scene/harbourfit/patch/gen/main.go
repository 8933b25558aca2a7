// Command patch draws simulated ports of very many kinds, for the training of the net that package measure looks for
// ships with. Nothing of a real image is in them.
//
//	go run ./analysis/scene/harbourfit/patch/gen -n 1000 -first 0 -o train.bin
//
// The file holds, for each port, four bands (blue, green, red, near infrared) of 256 x 256 little-endian 16-bit numbers,
// 256 x 256 bytes of labels (1 ship, 2 near its axis, 4 says nothing, 8 water, 16 small craft, 32 land), and 200 ships of
// five 32-bit floats: column and row of the centre, length and width in pixels, and the angle of the axis in degrees from
// columns to rows; of what is no ship all are 0.
package main

import (
	"bufio"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
)

func main() {
	n := flag.Int("n", 100, "ports to draw")
	first := flag.Uint64("first", 0, "first seed")
	other := flag.Bool("harbour", false, "draw harbours of package scene instead")
	score := flag.Bool("judge", false, "write nothing, look for ships and print what was found")
	to := flag.String("o", "ports.bin", "file to write")
	flag.Parse()
	if *score {
		if err := judge(*first, *n, *other); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := write(*to, *first, *n, *other); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const pixels = 256

func one(seed uint64, other bool) (*port, [4][]uint16, error) {
	if other {
		return harbour(seed, pixels)
	}
	p, bands := draw(seed, pixels)
	return p, bands, nil
}

func write(to string, first uint64, n int, other bool) error {
	f, err := os.Create(to + ".tmp")
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	for k := range n {
		p, bands, err := one(first+uint64(k), other)
		if err != nil {
			return err
		}
		for _, b := range bands {
			if err := binary.Write(w, binary.LittleEndian, b); err != nil {
				return err
			}
		}
		if _, err := w.Write(p.label(pixels)); err != nil {
			return err
		}
		if err := binary.Write(w, binary.LittleEndian, p.table(pixels)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(to+".tmp", to)
}
