package session

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/sightline-osint/sightline/kernel/display"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// finalBundle makes a bundle independent of the values it came from: text stays text, pictures become base64, everything
// else JSON. It fails if a value has no JSON form.
func finalBundle(d display.Data) (data, metadata map[string]any, err error) {
	data = make(map[string]any, len(d.Data)+1)
	for mime, v := range d.Data {
		switch v := v.(type) {
		case string:
			data[mime] = v
		case []byte:
			data[mime] = fromBytes(mime, v)
		default:
			text, err := protocol.Encode(v)
			if err != nil {
				return nil, nil, fmt.Errorf("display: %s: %w", mime, err)
			}
			data[mime] = json.RawMessage(text)
		}
	}
	if _, ok := data["text/plain"]; !ok && len(data) > 0 {
		data["text/plain"] = ""
	}
	metadata = make(map[string]any, len(d.Metadata))
	for key, v := range d.Metadata {
		text, err := protocol.Encode(v)
		if err != nil {
			return nil, nil, fmt.Errorf("display: metadata %q: %w", key, err)
		}
		metadata[key] = json.RawMessage(text)
	}
	return data, metadata, nil
}

// fromBytes is the form of bytes in a message: text for text, JSON for JSON, base64 for the rest.
func fromBytes(mime string, v []byte) any {
	switch {
	case strings.HasPrefix(mime, "text/"), mime == "image/svg+xml", mime == "application/javascript":
		return string(v)
	case (mime == "application/json" || strings.HasSuffix(mime, "+json")) && json.Valid(v):
		return json.RawMessage(v)
	}
	return base64.StdEncoding.EncodeToString(v)
}

// renderText is the rendering of a session that is given none.
func renderText(r interp.Result) (display.Data, bool) {
	if len(r.Values) == 0 {
		return display.Data{}, false
	}
	parts := make([]string, len(r.Values))
	for i, v := range r.Values {
		parts[i] = fmt.Sprint(v)
	}
	return display.Data{Data: display.MIMEMap{"text/plain": strings.Join(parts, " ")}}, true
}

// isNothing says whether a result has no value to show: none at all, or only an error that did not happen.
func isNothing(r interp.Result) bool {
	for i, v := range r.Values {
		if v != nil || i >= len(r.Types) || r.Types[i] != "error" {
			return false
		}
	}
	return true
}

// carried is the error that a value of a result carries: results that show themselves and keep the first error of the
// verbs that made them, as tables and selections do. What else has a method Err, such as a context, carries none here.
func carried(r interp.Result) *interp.Error {
	for _, v := range r.Values {
		c, ok := v.(interface {
			SimpleRender() map[string]any
			Err() error
		})
		if p := reflect.ValueOf(v); !ok || p.Kind() == reflect.Pointer && p.IsNil() {
			continue
		}
		if err := c.Err(); err != nil {
			text := err.Error()
			name := fmt.Sprintf("%T", err)
			lines := strings.Split(text, "\n")
			return &interp.Error{Name: name, Message: lines[0], Traceback: append([]string{name + ": " + lines[0]}, lines[1:]...)}
		}
	}
	return nil
}

// call calls compiled code that may call methods of cells' types.
func (s *Session) call(ctx context.Context, out interp.Output, f func()) error {
	if c, ok := s.cfg.Interp.(interp.Caller); ok {
		return c.Do(ctx, out, f)
	}
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- &interp.Error{Name: "DisplayError", Message: fmt.Sprintf("showing the value failed: %v", p)}
			}
			close(done)
		}()
		f()
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return &interp.Error{Name: "Interrupt", Message: "the cell was interrupted while its value was rendered"}
	}
}

// show publishes the value of a cell and returns its text. Rendering runs methods of the user's types: it can panic, which
// fails the cell, and it can be interrupted. A value that carries an error is shown and fails the cell.
func (s *Session) show(ctx context.Context, r *run, result interp.Result) (string, error) {
	if isNothing(result) || r.request.Silent {
		return "", nil
	}
	type rendered struct {
		bundle  display.Data
		ok      bool
		carried *interp.Error
	}
	ready := make(chan rendered, 1)
	err := s.call(ctx, r.output, func() {
		var out rendered
		out.bundle, out.ok = s.cfg.Render(result)
		out.carried = carried(result)
		ready <- out
	})
	if err != nil {
		return "", err
	}
	out := <-ready
	if !out.ok {
		return "", nil
	}
	data, metadata, err := finalBundle(out.bundle)
	if err != nil {
		return "", &interp.Error{Name: "DisplayError", Message: err.Error()}
	}
	r.output.text.Do(func() {
		r.output.publish("execute_result", protocol.ExecuteResult{
			Count: r.number, Data: data, Metadata: metadata, Transient: out.bundle.Transient,
		})
	})
	text, _ := data["text/plain"].(string)
	if out.carried != nil {
		return text, out.carried
	}
	return text, nil
}
