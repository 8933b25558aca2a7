package session

import (
	"context"
	"fmt"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/journal"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// tellOfCrash shows with the first cell that shows anything how the session before this one ended, if it crashed.
func (s *Session) tellOfCrash(r *run) {
	if s.told || r.request.Silent { // executing is held
		return
	}
	s.told = true
	if text := s.cfg.Journal.Earlier().Notice(); text != "" {
		s.publish("stream", r.parent, protocol.Stream{Name: "stderr", Text: text + "\n"})
	}
}

// note logs that the journal could not be written: no reason for a cell to fail.
func (s *Session) note(err error) {
	if err != nil {
		s.cfg.Log.Warn("the journal cannot be written", "error", err)
	}
}

// again runs a cell of the session before, which the magic on a line of the running cell asked for. What ran well belongs to
// this session from then on, and the line that asked does not.
func (s *Session) again(ctx context.Context, r *run, line int, c journal.Cell) error {
	if lines := strings.Split(r.kept, "\n"); line <= len(lines) {
		lines[line-1] = ""
		r.kept = strings.Join(lines, "\n")
	}
	s.note(s.cfg.Journal.Begin(c))
	_, err := s.steps(ctx, r, source{fmt.Sprintf("earlier In[%d]", c.Number), c.Code})
	s.note(s.cfg.Journal.Ended(err == nil, c))
	return err
}
