package session

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// entry is one cell of the history.
type entry struct {
	Session int    `json:"s"`
	Line    int    `json:"l"`
	Input   string `json:"i"`
	Output  string `json:"o,omitempty"`
}

// history is what was run, in this session and, if there is a file, in others. The file is opened with the first cell or the
// first question, and read only for questions: it may hold years.
type history struct {
	path string
	now  func() time.Time

	mu      sync.Mutex
	file    *historyFile
	session int
	entries []entry // of this session
	opened  bool
	warning error
}

func newHistory(path string, now func() time.Time) *history {
	return &history{path: path, now: now, session: 1}
}

// open reads the file, once. A history that cannot be kept in its file is kept in memory.
func (h *history) open() {
	if h.opened {
		return
	}
	h.opened = true
	if h.path == "" {
		return
	}
	file, session, err := openHistory(h.path, h.now())
	if err != nil {
		h.warning = err
		return
	}
	h.file, h.session = file, session
}

// all are the entries of the other sessions, then those of this one.
func (h *history) all() []entry {
	if h.file == nil {
		return h.entries
	}
	text, err := os.ReadFile(h.path)
	if err != nil {
		h.warning = err
	}
	others := slices.DeleteFunc(readHistory(text), func(e entry) bool { return e.Session == h.session })
	return append(others, h.entries...)
}

// maxInput bounds what is worth recalling: a cell with more code is no entry.
const maxInput = 256 << 10

// add enters a cell of this session.
func (h *history) add(line int, input, output string) {
	if len(input) > maxInput {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open()
	e := entry{h.session, line, input, cut(output, 4<<10)}
	h.entries = append(h.entries, e)
	if h.file != nil {
		h.warning = h.file.append(e)
	}
}

func (h *history) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.file != nil {
		h.file.Close()
		h.file = nil
	}
}

// search answers a history_request.
func (h *history) search(req protocol.HistoryRequest) ([][]any, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open()
	var found []entry
	switch req.Access {
	case "range":
		found = h.between(req)
	case "tail", "":
		found = newest(h.all(), req.N)
	case "search":
		match, err := glob(req.Pattern)
		if err != nil {
			return nil, err
		}
		for _, e := range h.all() {
			if match(e.Input) {
				found = append(found, e)
			}
		}
		if req.Unique {
			found = unique(found)
		}
		found = newest(found, req.N)
	default:
		return nil, fmt.Errorf("history_request: hist_access_type %q is none of range, tail, search", req.Access)
	}
	list := make([][]any, len(found))
	for i, e := range found {
		list[i] = []any{e.Session, e.Line, e.Input}
		if req.Output {
			var out any // null where there was none
			if e.Output != "" {
				out = e.Output
			}
			list[i][2] = []any{e.Input, out}
		}
	}
	return list, nil
}

// between returns the lines [Start, Stop) of one session; session 0 is this one, -1 the one before.
func (h *history) between(req protocol.HistoryRequest) []entry {
	session := req.Session
	if session <= 0 {
		session += h.session
	}
	from := h.entries
	if session != h.session {
		from = h.all()
	}
	var found []entry
	for _, e := range from {
		if e.Session == session && e.Line >= req.Start && (req.Stop == nil || e.Line < *req.Stop) {
			found = append(found, e)
		}
	}
	return found
}

// newest returns the last n entries, all if n is nil.
func newest(list []entry, n *int) []entry {
	if n == nil || *n < 0 || *n >= len(list) {
		return list
	}
	return list[len(list)-*n:]
}

// unique keeps of equal inputs the newest.
func unique(list []entry) []entry {
	seen := map[string]bool{}
	var kept []entry
	for _, e := range slices.Backward(list) {
		if !seen[e.Input] {
			seen[e.Input] = true
			kept = append(kept, e)
		}
	}
	slices.Reverse(kept)
	return kept
}

// cut shortens text to at most n bytes of whole characters.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n]&0xC0 == 0x80 {
		n--
	}
	return text[:n] + "…"
}
