// Package journal keeps what a session ran where the process after it finds it.
//
// The Go runtime ends a process for a few errors that no code can catch, and a front end starts a new one with the same
// connection file. So two files lie beside that file, readable by their owner only: NAME.sightline-journal, with the code of
// the cells that ran and of the one that is running, a JSON line each, and NAME.sightline-crash, which takes the runtime's
// report. A session that ends as asked removes both; one that is to start again keeps the journal, marked as ended.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"
)

// The ends of the files' names.
const (
	journalEnd = ".sightline-journal"
	crashEnd   = ".sightline-crash"
)

// Cell is the code of one cell under the number that it had.
type Cell struct {
	Number int    `json:"n"`
	Code   string `json:"code"`
}

// record is one line of a journal.
type record struct {
	Cell
	Carried bool `json:"carried,omitempty"` // the cell was run by the session before
	End     bool `json:"end,omitempty"`     // the running cell has ended; Code, if not empty, is what to keep of it
	Kept    bool `json:"kept,omitempty"`    // with End: it ended well
	Over    bool `json:"over,omitempty"`    // the session was ended by request
}

// Journal is the journal of one session. A nil one keeps nothing.
type Journal struct {
	earlier *Earlier
	path    string
	crash   string

	mu   sync.Mutex
	file *os.File
	over bool
}

// Open reads what the session before left beside a connection file and prepares the journal of a new one. The runtime's
// report of a crash goes to a file from now on, until Close.
func Open(connectionFile string) (*Journal, error) {
	base := strings.TrimSuffix(connectionFile, filepath.Ext(connectionFile))
	j := &Journal{path: base + journalEnd, crash: base + crashEnd}
	j.earlier = read(j.path, j.crash)
	report, err := os.OpenFile(j.crash, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return j, err
	}
	return j, errors.Join(debug.SetCrashOutput(report, debug.CrashOptions{}), report.Close())
}

// Earlier is what the session before left; nil if there was none, or nothing is left of it.
func (j *Journal) Earlier() *Earlier {
	if j == nil {
		return nil
	}
	return j.earlier
}

// Begin notes the cell that runs.
func (j *Journal) Begin(c Cell) error { return j.write(record{Cell: c}) }

// Ended notes that the running cell has ended. If it ended well, c is what to keep of it, which may be nothing.
func (j *Journal) Ended(well bool, c Cell) error {
	well = well && strings.TrimSpace(c.Code) != ""
	if !well {
		c = Cell{}
	}
	return j.write(record{Cell: c, End: true, Kept: well})
}

// Restarting notes that the session ends because a front end asked for a new one.
func (j *Journal) Restarting() error {
	if j == nil {
		return nil
	}
	err := j.write(record{Over: true})
	j.mu.Lock()
	j.over = true
	j.mu.Unlock()
	return err
}

// Close ends the journal. Unless the session is to start again, nothing stays behind.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	os.Remove(j.crash)
	if j.file != nil {
		j.file.Close()
		j.file = nil
	}
	if !j.over {
		os.Remove(j.path)
	}
	j.path = ""
	return nil
}

// write appends a line, after it has begun the file if this is the first.
func (j *Journal) write(r record) error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.path == "" { // closed: a cell that did not heed the interrupt
		return nil
	}
	if j.file == nil {
		if err := j.begin(); err != nil {
			return err
		}
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = j.file.Write(append(line, '\n'))
	return err
}

// begin replaces the file of the session before in one step. The cells of that session are carried over: should this one end
// before it has run any, they are still there.
func (j *Journal) begin() error {
	var text bytes.Buffer
	if j.earlier != nil {
		for _, c := range j.earlier.Cells {
			line, err := json.Marshal(record{Cell: c, Carried: true})
			if err != nil {
				return err
			}
			text.Write(append(line, '\n'))
		}
	}
	dir, name := filepath.Split(j.path)
	f, err := os.CreateTemp(dir, "."+name+"-*") // mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(text.Bytes())
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return err
	}
	if err := os.Rename(f.Name(), j.path); err != nil {
		os.Remove(f.Name())
		return err
	}
	j.file, err = os.OpenFile(j.path, os.O_APPEND|os.O_WRONLY, 0o600)
	return err
}

// abandoned is how long the files of a kernel stay that crashed and was not started again.
const abandoned = 7 * 24 * time.Hour

// Sweep removes old files of kernels that crashed in the directory of a connection file and will not start again, since their
// own connection files are gone.
func Sweep(connectionFile string, now time.Time) {
	dir := filepath.Dir(connectionFile)
	for _, end := range []string{journalEnd, crashEnd} {
		found, _ := filepath.Glob(filepath.Join(escape(dir), "*"+end))
		for _, path := range found {
			info, err := os.Lstat(path)
			if err != nil || !info.Mode().IsRegular() || now.Sub(info.ModTime()) < abandoned {
				continue
			}
			if _, err := os.Stat(strings.TrimSuffix(path, end) + ".json"); errors.Is(err, os.ErrNotExist) {
				os.Remove(path)
			}
		}
	}
}

// escape makes the name of a directory a pattern that only it matches.
func escape(dir string) string {
	if filepath.Separator == '\\' {
		return dir // no escapes in patterns there
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}
