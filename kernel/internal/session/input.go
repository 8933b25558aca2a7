package session

import (
	"context"
	"fmt"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// frontEnd asks the front end that sent a request for a line of input, over the stdin channel.
func (s *Session) frontEnd(r Request) asker {
	if s.cfg.Ask == nil {
		return nil
	}
	return func(ctx context.Context, prompt string, password bool) (string, error) {
		select { // an answer that came too late for its question
		case <-s.answers:
		default:
		}
		s.cfg.Ask(r, Message{Type: "input_request", Parent: r.Header, Content: protocol.InputRequest{Prompt: prompt, Password: password}})
		select {
		case line := <-s.answers:
			return line, nil
		case <-ctx.Done():
			return "", fmt.Errorf("input: %w", ctx.Err())
		}
	}
}

// answered takes an input_reply.
func (s *Session) answered(r Request) {
	var reply protocol.InputReply
	if err := protocol.Decode(r.Content, &reply); err != nil {
		s.cfg.Log.Warn("input_reply dropped", "error", err)
		return
	}
	select {
	case s.answers <- reply.Value:
	default:
		s.cfg.Log.Warn("input_reply dropped: nobody asked")
	}
}
