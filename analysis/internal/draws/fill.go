package draws

import (
	"strconv"

	"github.com/sightline-osint/sightline/analysis/inference"
)

// Fill puts the usual number of repetitions and the seed 1 where the options of a room leave them at 0, and refuses
// fewer than 99: below that a P of 0.01 cannot come out. what is the room's name for repetitions.
func Fill(room, what string, n, usual int, seed uint64) (repetitions int, from uint64, err error) {
	if n == 0 {
		n = usual
	}
	if n < 99 {
		err = &inference.InputError{Room: room, What: what, Value: strconv.Itoa(n), Cause: "must be at least 99"}
	}
	if seed == 0 {
		seed = 1
	}
	return n, seed, err
}
