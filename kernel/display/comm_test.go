package display

import (
	"errors"
	"testing"
)

func TestACommWithoutAFrontEndIsAnError(t *testing.T) {
	if c, err := OpenComm("x", nil); c != nil || !errors.Is(err, ErrNoFrontEnd) {
		t.Errorf("%v, %v", c, err)
	}
	if err := OnComm("x", func(*Comm, CommMessage) {}); !errors.Is(err, ErrNoFrontEnd) {
		t.Error(err)
	}
}
