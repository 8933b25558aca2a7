package session

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// maxHistory is the size at which the older half of a history file is dropped.
const maxHistory = 4 << 20

// historyFile is a list of JSON lines, only ever appended to, so that kernels can share it: a line that begins a session,
// or an entry. The number of a session is the count of such lines up to its own.
type historyFile struct{ *os.File }

// mark begins a session, or, with Base, says how many sessions were dropped from the file.
type mark struct {
	Begin string `json:"begin,omitempty"` // unique to the session
	Time  string `json:"time,omitempty"`
	Base  int    `json:"base,omitempty"`
}

// openHistory begins a new session in the file and reads the earlier ones. Lines that cannot be read are skipped.
func openHistory(path string, now time.Time) (*historyFile, int, []entry, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, 0, nil, err
	}
	if err := shorten(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil, err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, 0, nil, err
	}
	own := mark{Begin: rand.Text(), Time: now.UTC().Format(time.RFC3339)}
	file := &historyFile{f}
	if err := file.append(own); err != nil {
		f.Close()
		return nil, 0, nil, err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		f.Close()
		return nil, 0, nil, err
	}
	session, entries := readHistory(text, own.Begin)
	return file, session, entries, nil
}

// readHistory reads the sessions of a file; own is the mark of the one that reads. Sessions that run at the same time write
// between each other's lines, so an entry names its session by that session's number.
func readHistory(text []byte, own string) (session int, entries []entry) {
	count := 0
	session = 1
	for line := range bytes.Lines(text) {
		var l struct {
			mark
			entry
		}
		if json.Unmarshal(line, &l) != nil {
			continue
		}
		switch {
		case l.Base > 0:
			count = l.Base
		case l.Begin != "":
			if count++; l.Begin == own {
				session = count
			}
		case l.Input != "":
			entries = append(entries, l.entry)
		}
	}
	return session, entries
}

// append writes v as one line, in one write.
func (f *historyFile) append(v any) error {
	text, err := protocol.Encode(v)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	return err
}

// shorten drops the older half of a file that has grown too large.
func shorten(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() < maxHistory {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	drop := text[:len(text)/2]
	drop = drop[:bytes.LastIndexByte(drop, '\n')+1]
	sessions := countSessions(drop)
	temp, err := os.CreateTemp(filepath.Dir(path), ".history-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	w := bufio.NewWriter(temp)
	base, _ := protocol.Encode(mark{Base: sessions})
	w.Write(append(base, '\n'))
	w.Write(text[len(drop):])
	if err := errors.Join(w.Flush(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// countSessions returns the number of the last session that begins in text.
func countSessions(text []byte) int {
	count := 0
	for line := range bytes.Lines(text) {
		var m mark
		if json.Unmarshal(line, &m) != nil {
			continue
		}
		if m.Base > 0 {
			count = m.Base
		} else if m.Begin != "" {
			count++
		}
	}
	return count
}

// glob compiles a pattern: * is any text, ? one character, [abc] and [^abc] one of a set; the whole text must match.
func glob(pattern string) (func(string) bool, error) {
	if pattern == "" {
		pattern = "*"
	}
	var re strings.Builder
	re.WriteString(`(?s)\A`)
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		end := strings.IndexByte(pattern[min(i+2, len(pattern)):], ']')
		switch {
		case c == '*':
			re.WriteString(".*")
		case c == '?':
			re.WriteString(".")
		case c == '[' && i+2 <= len(pattern) && end >= 0:
			set := pattern[i+1 : i+2+end]
			re.WriteString("[" + strings.ReplaceAll(strings.ReplaceAll(set, `\`, `\\`), "[", `\[`) + "]")
			i += 2 + end
		case c < 0x80:
			re.WriteString(regexp.QuoteMeta(string(c)))
		default:
			re.WriteByte(c)
		}
	}
	re.WriteString(`\z`)
	exp, err := regexp.Compile(re.String())
	if err != nil {
		exp, err = regexp.Compile(`(?s)\A` + regexp.QuoteMeta(pattern) + `\z`)
	}
	if err != nil {
		return nil, err
	}
	return exp.MatchString, nil
}
