package notebook

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
	"github.com/sightline-osint/sightline/kernel/internal/session"
)

// maxStream is how much text of each stream of a cell goes into the notebook; the rest is counted and left out.
const maxStream = 4 << 20

// collector turns published messages into the outputs of cells. Messages may come from several goroutines, and late:
// each goes to the cell that is its parent.
type collector struct {
	mu    sync.Mutex
	cells map[string]*shown // by msg_id of the execute_request
	ids   map[string][]place
}

// shown is what one cell shows.
type shown struct {
	outputs []any
	clear   bool // before the next output
	written map[string]int
	dropped map[string]int
}

// place is a display that can be updated.
type place struct {
	cell   *shown
	output *object
}

func newCollector() *collector {
	return &collector{cells: map[string]*shown{}, ids: map[string][]place{}}
}

// take adds one message to its cell. The returned text is a progress bar's state for a terminal, or "".
func (c *collector) take(m session.Message) (progress string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	cell := c.cells[m.Parent.ID]
	if cell == nil {
		cell = &shown{written: map[string]int{}, dropped: map[string]int{}}
		c.cells[m.Parent.ID] = cell
	}
	switch content := m.Content.(type) {
	case protocol.Stream:
		cell.stream(content.Name, content.Text)
	case protocol.DisplayData:
		if text, ok := content.Transient[display.ProgressText].(string); ok {
			progress = text
		}
		c.display(cell, content, m.Type == "update_display_data")
	case protocol.ExecuteResult:
		cell.add(newObject("data", bundle(content.Data), "execution_count", number(content.Count),
			"metadata", plainValue(content.Metadata), "output_type", "execute_result"))
	case protocol.ErrorOutput:
		trace := make([]any, len(content.Traceback))
		for i, line := range content.Traceback {
			trace[i] = line
		}
		cell.add(newObject("ename", content.Name, "evalue", content.Value, "output_type", "error", "traceback", trace))
	case protocol.ClearOutput:
		if cell.clear = content.Wait; !content.Wait {
			cell.empty()
		}
	}
	return progress
}

// outputs are the outputs of a cell as the file holds them.
func (c *collector) outputs(id string) []any {
	c.mu.Lock()
	defer c.mu.Unlock()
	cell := c.cells[id]
	if cell == nil {
		return []any{}
	}
	out := []any{}
	for _, o := range cell.outputs {
		copied := clone(o).(*object)
		if copied.text("output_type") == "stream" {
			copied.set("text", lines(copied.text("text")))
		}
		out = append(out, copied)
	}
	for _, name := range []string{"stdout", "stderr"} {
		if n := cell.dropped[name]; n > 0 {
			note := fmt.Sprintf("\n… %d bytes of %s are left out of the notebook\n", n, name)
			out = append(out, newObject("name", "stderr", "output_type", "stream", "text", lines(note)))
		}
	}
	return out
}

func (s *shown) empty() { s.outputs = nil; s.clear = false }

func (s *shown) add(output *object) {
	if s.clear {
		s.empty()
	}
	s.outputs = append(s.outputs, output)
}

// stream adds text to the last output if that is the same stream.
func (s *shown) stream(name, text string) {
	if room := maxStream - s.written[name]; len(text) > room {
		s.dropped[name] += len(text) - room
		text = strings.ToValidUTF8(text[:room], "")
	}
	s.written[name] += len(text)
	if text == "" {
		return
	}
	if n := len(s.outputs); n > 0 && !s.clear {
		last := s.outputs[n-1].(*object)
		if last.text("output_type") == "stream" && last.text("name") == name {
			last.values["text"] = last.text("text") + text
			return
		}
	}
	s.add(newObject("name", name, "output_type", "stream", "text", text))
}

// display adds a bundle, or puts it in the place of those with the same display id. Of a progress bar the notebook keeps
// the state without the clock.
func (c *collector) display(cell *shown, content protocol.DisplayData, update bool) {
	data := bundle(content.Data)
	if kept, ok := content.Transient[display.ProgressKept].(display.MIMEMap); ok {
		data = bundle(kept)
	}
	id, _ := content.Transient["display_id"].(string)
	if update {
		for _, p := range c.ids[id] {
			p.output.set("data", clone(data))
			p.output.set("metadata", plainValue(content.Metadata))
		}
		return
	}
	o := newObject("data", data, "metadata", plainValue(content.Metadata), "output_type", "display_data")
	cell.add(o)
	if id != "" {
		c.ids[id] = append(c.ids[id], place{cell, o})
	}
}

// bundle is a MIME bundle as files hold it: text as a list of lines, pictures in base64, JSON as it is.
func bundle(data map[string]any) *object {
	out := newObject()
	for mime, v := range data {
		switch x := v.(type) {
		case string:
			out.set(mime, x)
			if strings.HasPrefix(mime, "text/") || mime == display.MIMETypeSVG || mime == display.MIMETypeJavaScript {
				out.set(mime, lines(x))
			}
		default:
			out.set(mime, plainValue(x))
		}
	}
	return out
}

// plainValue is v in this package's form; what JSON cannot say is an empty object.
func plainValue(v any) any {
	if x, err := value(v); err == nil && x != nil {
		return x
	}
	return newObject()
}

func number(n int) json.Number { return json.Number(fmt.Sprint(n)) }
