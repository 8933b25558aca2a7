package session

import (
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// meter remembers the processor time at the last usage_request, for a rate.
type meter struct {
	mu  sync.Mutex
	at  time.Time
	cpu time.Duration
}

// percent is the share of one processor used since the last call, or since the process began.
func (m *meter) percent(now time.Time, cpu time.Duration) float64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	elapsed, used := now.Sub(m.at), cpu-m.cpu
	first := m.at.IsZero()
	m.at, m.cpu = now, cpu
	if first || elapsed <= 0 {
		return 0
	}
	return 100 * float64(used) / float64(elapsed)
}

func usage(s *Session, r Request) (string, any, error) {
	host, _ := os.Hostname()
	reply := protocol.UsageReply{Status: protocol.OK, Hostname: host, PID: os.Getpid(), CPUCount: runtime.NumCPU()}
	p := processUsage()
	reply.KernelCPU, reply.KernelMemory = s.meter.percent(time.Now(), p.cpu), p.resident
	if p.total > 0 {
		reply.VirtualMemory = map[string]any{
			"total": p.total, "available": p.available, "used": p.total - p.available,
			"free": p.free, "percent": 100 * float64(p.total-p.available) / float64(p.total),
		}
	}
	return "usage_reply", reply, nil
}

// process is what the process and its host use, as far as the system tells.
type process struct {
	cpu                    time.Duration
	resident               uint64
	total, available, free uint64 // of the host's memory
}

// heapInUse stands in for the resident memory where the system does not tell it.
func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys - m.HeapReleased
}
