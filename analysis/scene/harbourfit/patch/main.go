// Command patch draws simulated ports of very many kinds, for the training of the net that package measure looks for
// ships with. Nothing of a real image is in them.
//
//	go run ./analysis/scene/harbourfit/patch -n 1000 -first 0 -o train.bin
//
// The file holds, for each port, four bands (blue, green, red, near infrared) of 256 x 256 little-endian 16-bit numbers and
// 256 x 256 bytes of labels: 1 ship, 2 near its axis, 4 says nothing, 8 water.
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
	to := flag.String("o", "ports.bin", "file to write")
	flag.Parse()
	if err := write(*to, *first, *n, *other); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

const pixels = 256

func write(to string, first uint64, n int, other bool) (err error) {
	f, err := os.Create(to + ".tmp")
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	for k := range n {
		bands, label := draw(first+uint64(k), pixels)
		if other {
			if bands, label, err = harbour(first+uint64(k), pixels); err != nil {
				return err
			}
		}
		for _, b := range bands {
			if err := binary.Write(w, binary.LittleEndian, b); err != nil {
				return err
			}
		}
		if _, err := w.Write(label); err != nil {
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
