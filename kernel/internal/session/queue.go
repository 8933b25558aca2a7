package session

import (
	"sync"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// Times of the queue.
const (
	// patience is how long a request that is no cell waits for the cells before it, so that it sees what they do. Then it is
	// answered beside the running cell.
	patience = 50 * time.Millisecond
	// quiet is how long no further cell may arrive after a failed one until the queue counts as complete and is aborted.
	quiet    = 2 * time.Millisecond
	quietMax = 100 * time.Millisecond
)

// queue holds what front ends asked for on the shell channel, in two lines: cells, which run one after the other, and
// everything else.
type queue struct {
	s     *Session
	start sync.Once

	mu      sync.Mutex
	cells   []queuedCell
	others  []queuedRequest
	added   int // cells that ever entered
	ended   int // cells that ever left, finished or aborted
	closed  bool
	changed *sync.Cond    // of any of the above
	arrived chan struct{} // a cell entered (buffered, lossy)
}

type queuedCell struct {
	request Request
	content protocol.ExecuteRequest
}

type queuedRequest struct {
	request Request
	after   int // the cells that entered before it
	until   time.Time
}

func newQueue(s *Session) *queue {
	q := &queue{s: s, arrived: make(chan struct{}, 1)}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// Handle takes one request from a front end and returns at once, except on the control channel, where it returns when the
// request is answered. Calls for one channel must not overlap; different channels may.
func (s *Session) Handle(r Request) {
	switch {
	case r.Channel == Stdin:
		if r.Header.Type == "input_reply" {
			s.answered(r)
		}
	case r.Header.Type == "execute_request":
		s.queue.addCell(r)
	case r.Channel == Control:
		s.answer(r)
	default:
		s.queue.addOther(r)
	}
}

func (q *queue) addCell(r Request) {
	content := protocol.NewExecuteRequest("")
	if err := protocol.Decode(r.Content, &content); err != nil {
		q.s.refuse(r, err)
		return
	}
	q.run()
	q.mu.Lock()
	q.cells = append(q.cells, queuedCell{r, content})
	q.added++
	q.mu.Unlock()
	q.changed.Broadcast()
	select {
	case q.arrived <- struct{}{}:
	default:
	}
}

func (q *queue) addOther(r Request) {
	q.run()
	q.mu.Lock()
	q.others = append(q.others, queuedRequest{r, q.added, time.Now().Add(patience)})
	q.mu.Unlock()
	q.changed.Broadcast()
}

// run starts the two goroutines that serve the queue; close ends them.
func (q *queue) run() {
	q.start.Do(func() {
		go q.serveCells()
		go q.serveOthers()
	})
}

func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.changed.Broadcast()
}

func (q *queue) serveCells() {
	for {
		q.mu.Lock()
		for len(q.cells) == 0 && !q.closed {
			q.changed.Wait()
		}
		if q.closed {
			q.mu.Unlock()
			return
		}
		c := q.cells[0]
		q.cells = q.cells[1:]
		q.mu.Unlock()
		q.s.runCell(c)
		q.left(1)
	}
}

func (q *queue) left(n int) {
	q.mu.Lock()
	q.ended += n
	q.mu.Unlock()
	q.changed.Broadcast()
}

// serveOthers answers the requests that are no cells, in order. Each waits for the cells that came before it, but not long.
func (q *queue) serveOthers() {
	for {
		q.mu.Lock()
		for len(q.others) == 0 && !q.closed {
			q.changed.Wait()
		}
		if q.closed {
			q.mu.Unlock()
			return
		}
		o := q.others[0]
		q.others = q.others[1:]
		if q.ended < o.after {
			wake := time.AfterFunc(time.Until(o.until), q.changed.Broadcast)
			for q.ended < o.after && !q.closed && time.Now().Before(o.until) {
				q.changed.Wait()
			}
			wake.Stop()
		}
		q.mu.Unlock()
		q.s.answer(o.request)
		q.s.stillBusy()
	}
}

// runCell runs one cell from the queue. If it fails and asked for it, the cells behind it are aborted.
func (s *Session) runCell(c queuedCell) {
	s.status(c.request.Header, protocol.Busy)
	started := s.cfg.Now().UTC().Format("2006-01-02T15:04:05.000000Z")
	var ask asker
	if c.content.AllowStdin {
		ask = s.frontEnd(c.request)
	}
	reply := s.execute(s.ctx, c.request.Header, c.content, ask)
	var aborted []queuedCell
	if reply.Status == protocol.Error && c.content.StopOnError {
		aborted = s.queue.abort()
	}
	s.replyWith(c.request, "execute_reply", reply, map[string]any{"started": started, "status": reply.Status})
	s.status(c.request.Header, protocol.Idle)
	for _, a := range aborted {
		s.status(a.request.Header, protocol.Busy)
		s.reply(a.request, "execute_reply", protocol.ExecuteReply{Status: protocol.Aborted, Count: s.Count()})
		s.status(a.request.Header, protocol.Idle)
		s.queue.left(1)
	}
}

// abort empties the line of cells. Cells that a front end sent together with the failed one may still be on their way: the
// line counts as complete when none has arrived for a moment. The front end has no reply yet, so none of them can be an
// answer to the failure.
func (q *queue) abort() []queuedCell {
	latest := time.After(quietMax)
	timer := time.NewTimer(quiet)
	defer timer.Stop()
	for waiting := true; waiting; {
		select {
		case <-q.arrived:
			timer.Reset(quiet)
		case <-timer.C:
			waiting = false
		case <-latest:
			waiting = false
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	cells := q.cells
	q.cells = nil
	return cells
}

// stillBusy repeats the busy status of the running cell after another request was answered beside it, because front ends
// show the newest state.
func (s *Session) stillBusy() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		s.status(s.running.parent, protocol.Busy)
	}
}
