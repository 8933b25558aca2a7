package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// machine says when and where a run was made, and with which command.
func machine(size int, only string) string {
	command := fmt.Sprintf("go run ./analysis/change/bench -size %d", size)
	if only != "" {
		command += " -only " + only
	}
	name, load := runtime.GOOS+"/"+runtime.GOARCH, ""
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(b), "model name"); ok {
			line, _, _ := strings.Cut(rest, "\n")
			name = strings.Trim(line, "\t :") + ", " + name
		}
	}
	if b, err := os.ReadFile("/proc/loadavg"); err == nil {
		load, _, _ = strings.Cut(string(b), " ")
		load = ", load " + load + " before"
	}
	return fmt.Sprintf("Run of %s: `%s`; %d processors of %s%s; %s; %d x %d x 4 uint16", time.Now().Format("2006-01-02 15:04"), command,
		runtime.GOMAXPROCS(0), name, load, runtime.Version(), size, size)
}

// runPeers runs a task of peer.py and returns its milliseconds by "task/peer".
func runPeers(python, dir string, size int, t task) (map[string]float64, error) {
	args := []string{filepath.Join("analysis", "change", "bench", "peer.py"), dir, strconv.Itoa(size), t.name}
	cmd := exec.Command(python, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	got := map[string]float64{}
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		var line struct {
			Task, Peer, Error string
			MS                float64
		}
		if e := json.Unmarshal(s.Bytes(), &line); e != nil {
			err = errors.Join(err, e)
			continue
		}
		if line.Error != "" {
			err = errors.Join(err, fmt.Errorf("%s with %s: %s", line.Task, line.Peer, line.Error))
			continue
		}
		got[line.Task+"/"+line.Peer] = line.MS
	}
	return got, err
}
