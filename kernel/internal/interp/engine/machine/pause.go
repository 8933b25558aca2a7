package machine

// States of a run.
const (
	going uint32 = iota
	ended        // stopped
	held         // the machine pauses
)

// Pause holds interpreted code at its next back edge or call until resume is called. Runs can be stopped meanwhile.
// Compiled code goes on.
func (m *Machine) Pause() (resume func()) {
	m.pausing.Lock()
	gate := make(chan struct{})
	m.gate.Store(&gate)
	var runs []*Run
	m.runs.all.Range(func(_, r any) bool {
		if run := r.(*Run); run.stop.CompareAndSwap(going, held) {
			runs = append(runs, run)
		}
		return true
	})
	return func() {
		for _, r := range runs {
			r.stop.CompareAndSwap(held, going)
		}
		close(gate)
		m.pausing.Unlock()
	}
}

// wait returns when the run is not held.
func (th *thread) wait() {
	for th.run.stop.Load() == held {
		select {
		case <-*th.m.gate.Load():
		case <-th.run.done:
		}
	}
}
