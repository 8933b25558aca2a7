package session

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/sightline-osint/sightline/kernel/internal/complete"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// handler answers one type of request. A nil content sends no reply.
type handler func(s *Session, r Request) (replyType string, content any, err error)

// handlers are the requests that are no cells, by type.
var handlers = map[string]handler{
	"kernel_info_request": kernelInfo,
	"complete_request":    completeCode,
	"inspect_request":     inspectCode,
	"is_complete_request": isComplete,
	"history_request":     searchHistory,
	"connect_request":     connectInfo,
	"comm_info_request":   commInfo,
	"comm_open":           commOpen,
	"comm_msg":            commMessage,
	"comm_close":          commClose,
	"interrupt_request":   interrupt,
	"shutdown_request":    shutdown,
	"usage_request":       usage,
}

// answer answers one request between a busy and an idle status. A handler that panics answers with an error.
func (s *Session) answer(r Request) {
	s.status(r.Header, protocol.Busy)
	defer s.status(r.Header, protocol.Idle)
	h := handlers[r.Header.Type]
	if h == nil {
		s.cfg.Log.Warn("request of unknown type ignored", "type", r.Header.Type, "channel", r.Channel)
		return
	}
	kind, content, err := s.handle(h, r)
	switch {
	case err != nil:
		s.fail(r, err)
	case content != nil:
		s.reply(r, kind, content)
	}
	if r.Header.Type == "shutdown_request" && err == nil && s.cfg.Shutdown != nil {
		s.publish(kind, r.Header, content)
		s.cfg.Shutdown(content.(protocol.ShutdownReply).Restart)
	}
}

func (s *Session) handle(h handler, r Request) (kind string, content any, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.cfg.Log.Error("a request failed", "type", r.Header.Type, "value", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("internal error: %v", p)
		}
	}()
	return h(s, r)
}

// refuse answers a request that cannot be read.
func (s *Session) refuse(r Request, err error) {
	s.status(r.Header, protocol.Busy)
	s.fail(r, err)
	s.status(r.Header, protocol.Idle)
}

// fail answers with an error.
func (s *Session) fail(r Request, err error) {
	s.cfg.Log.Warn("request failed", "type", r.Header.Type, "error", err)
	kind := r.Header.Type
	if n := len(kind) - len("_request"); n > 0 && kind[n:] == "_request" {
		kind = kind[:n] + "_reply"
	} else {
		return // comm messages have no replies
	}
	if kind == "execute_reply" {
		s.reply(r, kind, protocol.ExecuteReply{Status: protocol.Error, Count: s.Count(), Name: "BadRequest", Value: err.Error(), Traceback: []string{err.Error()}})
		return
	}
	s.reply(r, kind, protocol.NewErrorReply("BadRequest", err.Error(), []string{err.Error()}))
}

func (s *Session) reply(r Request, kind string, content any) { s.replyWith(r, kind, content, nil) }

func (s *Session) replyWith(r Request, kind string, content any, metadata map[string]any) {
	if s.cfg.Reply != nil {
		s.cfg.Reply(r, Message{Type: kind, Parent: r.Header, Content: content, Metadata: metadata})
	}
}

func completeCode(s *Session, r Request) (string, any, error) {
	var req protocol.CompleteRequest
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	return "complete_reply", complete.Complete(s.ctx, s.cfg.Interp, s.cfg.Magics, req), nil
}

func inspectCode(s *Session, r Request) (string, any, error) {
	var req protocol.InspectRequest
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	return "inspect_reply", complete.Inspect(s.ctx, s.cfg.Interp, s.cfg.Magics, req), nil
}

func isComplete(s *Session, r Request) (string, any, error) {
	var req protocol.IsCompleteRequest
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	return "is_complete_reply", complete.IsComplete(s.cfg.Interp, req), nil
}

func searchHistory(s *Session, r Request) (string, any, error) {
	var req protocol.HistoryRequest
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	list, err := s.history.search(req)
	return "history_reply", protocol.HistoryReply{Status: protocol.OK, History: list}, err
}

func connectInfo(s *Session, r Request) (string, any, error) {
	reply := s.cfg.Connect
	reply.Status = protocol.OK
	return "connect_reply", reply, nil
}

func interrupt(s *Session, r Request) (string, any, error) {
	s.stop(context.Canceled)
	return "interrupt_reply", protocol.Done{Status: protocol.OK}, nil
}

func shutdown(s *Session, r Request) (string, any, error) {
	var req protocol.ShutdownRequest
	if err := protocol.Decode(r.Content, &req); err != nil {
		return "", nil, err
	}
	return "shutdown_reply", protocol.ShutdownReply{Status: protocol.OK, Restart: req.Restart}, nil
}
