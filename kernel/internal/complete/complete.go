package complete

import (
	"context"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/magic"
	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

// Complete lists what can stand at the cursor, best first. A request that nothing fits gets an empty list, not an error.
func Complete(ctx context.Context, in interp.Interpreter, table magic.Table, req protocol.CompleteRequest) protocol.CompleteReply {
	cursor, known := byteOffset(req.Code, req.Cursor), variables(in)
	c, ok := commandNames(req.Code, cursor, table)
	if !ok {
		c, ok = commandArguments(req.Code, cursor, table, known)
	}
	if !ok {
		c, ok = filePaths(req.Code, cursor)
	}
	if !ok {
		c = in.Complete(ctx, goOnly(req.Code, table, known), cursor)
	}
	return reply(req.Code, cursor, c)
}

// reply turns byte offsets into code points and makes the metadata that shows types beside matches.
func reply(code string, cursor int, c interp.Completion) protocol.CompleteReply {
	if c.Start < 0 || c.End < c.Start || c.End > len(code) || len(c.Matches) == 0 {
		c.Start, c.End = cursor, cursor
	}
	r := protocol.CompleteReply{
		Status: protocol.OK, Matches: []string{},
		Start: codePoint(code, c.Start), End: codePoint(code, c.End),
	}
	typed := []protocol.TypedMatch{}
	for _, m := range c.Matches {
		r.Matches = append(r.Matches, m.Text)
		typed = append(typed, protocol.TypedMatch{Start: r.Start, End: r.End, Text: m.Text, Type: m.Type, Signature: m.Signature})
	}
	r.Metadata = map[string]any{"_jupyter_types_experimental": typed}
	return r
}

// commandNames completes the name of a % command.
func commandNames(code string, cursor int, table magic.Table) (interp.Completion, bool) {
	start := strings.LastIndexByte(code[:cursor], '\n') + 1
	line := strings.TrimLeft(code[start:cursor], " \t")
	if !strings.HasPrefix(line, "%") || strings.ContainsAny(line, " \t") {
		return interp.Completion{}, false
	}
	first := strings.TrimSpace(code[:start]) == ""
	c := interp.Completion{Start: cursor - len(line), End: cursor}
	for _, cmd := range table {
		var names []string
		if !cmd.Body {
			names = append(names, "%"+cmd.Name)
		}
		if (cmd.Cell || cmd.Body) && first {
			names = append(names, "%%"+cmd.Name)
		}
		for _, name := range names {
			if strings.HasPrefix(name, line) {
				c.Matches = append(c.Matches, interp.Match{Text: name, Type: "magic", Signature: cmd.Usage})
			}
		}
	}
	return c, true
}

// Inspect describes what stands at the cursor.
func Inspect(ctx context.Context, in interp.Interpreter, table magic.Table, req protocol.InspectRequest) protocol.InspectReply {
	r := protocol.InspectReply{Status: protocol.OK, Data: map[string]any{}, Metadata: map[string]any{}}
	cursor := byteOffset(req.Code, req.Cursor)
	if cmd, ok := commandAt(req.Code, cursor, table); ok {
		r.Found = true
		r.Data["text/plain"] = cmd.Synopsis() + "\n\n" + cmd.Help
		return r
	}
	found, ok := in.Inspect(ctx, goOnly(req.Code, table, variables(in)), cursor, req.Detail)
	if !ok {
		return r
	}
	r.Found = true
	r.Data["text/plain"] = found.Plain
	if found.Markdown != "" {
		r.Data["text/markdown"] = found.Markdown
	}
	return r
}

// commandAt finds the % command whose name the cursor is in or behind.
func commandAt(code string, cursor int, table magic.Table) (magic.Command, bool) {
	start := strings.LastIndexByte(code[:cursor], '\n') + 1
	end := len(code)
	if n := strings.IndexByte(code[cursor:], '\n'); n >= 0 {
		end = cursor + n
	}
	word, _, _ := strings.Cut(strings.TrimLeft(code[start:end], " \t"), " ")
	if !strings.HasPrefix(word, "%") {
		return magic.Command{}, false
	}
	return table.Lookup(strings.TrimLeft(word, "%"))
}

// IsComplete says whether code is ready to run. Magic lines are; a cell magic is complete when an empty line ends it.
func IsComplete(in interp.Interpreter, req protocol.IsCompleteRequest) protocol.IsCompleteReply {
	steps := magic.Split(req.Code, func(string) bool { return false })
	if len(steps) == 0 {
		return protocol.IsCompleteReply{Status: "complete"}
	}
	last := steps[len(steps)-1]
	switch {
	case last.Kind == magic.CellMagic && !strings.HasSuffix(req.Code, "\n\n") && strings.Contains(req.Code, "\n"),
		last.Kind == magic.CellMagic && last.Body == "" && last.Args == "":
		return protocol.IsCompleteReply{Status: "incomplete"}
	case last.Kind != magic.Go:
		return protocol.IsCompleteReply{Status: "complete"}
	}
	c := in.IsComplete(last.Code)
	switch c.Status {
	case "complete", "invalid":
		return protocol.IsCompleteReply{Status: c.Status}
	case "incomplete":
		return protocol.IsCompleteReply{Status: c.Status, Indent: c.Indent}
	}
	return protocol.IsCompleteReply{Status: "unknown"}
}
