package session

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math"
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

// openHistory begins a new session in the file and tells its number.
func openHistory(path string, now time.Time) (*historyFile, int, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, 0, err
	}
	if err := shorten(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, 0, err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, 0, err
	}
	own := mark{Begin: rand.Text(), Time: now.UTC().Format(time.RFC3339)}
	file := &historyFile{f}
	if err := file.append(own); err != nil {
		f.Close()
		return nil, 0, err
	}
	session, err := countSessions(io.NewSectionReader(f, 0, math.MaxInt64), own.Begin)
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return file, session, nil
}

// readHistory reads the entries of a file's text. Sessions that run at the same time write between each other's lines, so an entry
// names its session by that session's number. Lines that cannot be read are skipped.
func readHistory(text []byte) (entries []entry) {
	for line := range bytes.Lines(text) {
		var e entry
		if !isMark(line) && json.Unmarshal(line, &e) == nil && e.Input != "" {
			entries = append(entries, e)
		}
	}
	return entries
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
	sessions, _ := countSessions(bytes.NewReader(drop), "") // reading memory does not fail
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

// countSessions returns the number of the session that begins with the mark own, or of the last one that begins in the text.
// The text passes through a small buffer: it is read before the first cell is answered.
func countSessions(text io.Reader, own string) (count int, err error) {
	lines := bufio.NewReaderSize(text, 16<<10)
	for whole := true; ; {
		line, more, err := lines.ReadLine()
		if err == io.EOF {
			return count, nil
		}
		if err != nil {
			return count, err
		}
		var m mark
		if whole && !more && isMark(line) && json.Unmarshal(line, &m) == nil {
			if m.Base > 0 {
				count = m.Base
			} else if m.Begin != "" {
				count++
			}
			if own != "" && m.Begin == own {
				return count, nil
			}
		}
		whole = !more
	}
}

// isMark says whether a line of the file is a mark and no entry.
func isMark(line []byte) bool {
	return bytes.HasPrefix(line, []byte(`{"begin"`)) || bytes.HasPrefix(line, []byte(`{"base"`))
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
