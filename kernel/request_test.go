package kernel_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
	"github.com/sightline-osint/sightline/kernel/internal/session"
)

func TestKernelInfoSaysWhatFrontEndsNeed(t *testing.T) {
	each(t, func(t *testing.T, c *kerneltest.Client) {
		for _, channel := range []string{"shell", "control"} {
			m := c.Ask(channel, "kernel_info_request", map[string]any{})
			want(t, "type", m.Type, "kernel_info_reply")
			want(t, "status", m.Text("status"), "ok")
			want(t, "protocol", m.Text("protocol_version"), "5.4")
			info := m.Content["language_info"].(map[string]any)
			for key, value := range map[string]string{"name": "go", "pygments_lexer": "go", "codemirror_mode": "go", "nbconvert_exporter": "script", "file_extension": ".go", "mimetype": "text/x-go"} {
				want(t, key, info[key], value)
			}
			want(t, "debugger", m.Content["debugger"], false)
		}
	})
}

func TestControlIsAnsweredWhileACellRuns(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	id := c.Send("shell", "execute_request", map[string]any{"code": "wait"})
	c.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
	want(t, "control", c.Ask("control", "kernel_info_request", map[string]any{}).Type, "kernel_info_reply")
	usage := c.Ask("control", "usage_request", map[string]any{})
	want(t, "usage", usage.Type, "usage_reply")
	if usage.Content["pid"].(float64) < 1 || usage.Content["kernel_memory"].(float64) < 1<<20 {
		t.Errorf("usage %v", usage.Content)
	}
	want(t, "interrupt", c.Ask("control", "interrupt_request", map[string]any{}).Text("status"), "ok")
	r := c.Reply("shell", id)
	want(t, "ename", r.Text("ename"), "Interrupt")
}

func TestCompletionIsAnsweredWhileACellRunsAndTheKernelStaysBusy(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	cell := c.Send("shell", "execute_request", map[string]any{"code": "wait"})
	c.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
	m := c.Ask("shell", "complete_request", map[string]any{"code": "sho", "cursor_pos": 3})
	want(t, "matches", m.Content["matches"], []any{"show"})
	c.Await("idle of the completion", func(s kerneltest.Message) bool { return s.Parent == m.Parent && s.Text("execution_state") == "idle" })
	s := c.Next("iopub")
	want(t, "parent of the next status", s.Parent, cell)
	want(t, "state", s.Text("execution_state"), "busy")
	c.Ask("control", "interrupt_request", map[string]any{})
	c.Reply("shell", cell)
}

func TestARequestBehindAShortCellSeesWhatItDid(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	for range 20 {
		c.Send("shell", "execute_request", map[string]any{"code": "set fresh 1"})
		id := c.Send("shell", "complete_request", map[string]any{"code": "fre"})
		c.Next("shell")
		want(t, "matches", c.Reply("shell", id).Content["matches"], []any{"fresh"})
		c.Execute("%reset")
	}
}

func TestCursorsCountCodePoints(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	for _, code := range []string{"say 🛰️ sho", "say 平壤 sho", "say é sho"} {
		end := float64(len([]rune(code)))
		m := c.Ask("shell", "complete_request", map[string]any{"code": code + " tail", "cursor_pos": end})
		want(t, "matches", m.Content["matches"], []any{"show"})
		want(t, "start", m.Content["cursor_start"], end-3)
		want(t, "end", m.Content["cursor_end"], end)
		typed := m.Content["metadata"].(map[string]any)["_jupyter_types_experimental"].([]any)
		want(t, "type", typed[0], map[string]any{"start": end - 3, "end": end, "text": "show", "type": "keyword", "signature": "show"})
	}
}

func TestACursorOutsideTheCodeCountsAsItsEnd(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	for _, cursor := range []any{-5, 0, 4, 1 << 40, nil} {
		m := c.Ask("shell", "complete_request", map[string]any{"code": "show", "cursor_pos": cursor})
		want(t, "status", m.Text("status"), "ok")
		m = c.Ask("shell", "inspect_request", map[string]any{"code": "show", "cursor_pos": cursor, "detail_level": 1})
		want(t, "status", m.Text("status"), "ok")
	}
}

func TestNothingToCompleteIsAnEmptyListAndNothingToInspectIsNotFound(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	m := c.Ask("shell", "complete_request", map[string]any{"code": "zzz", "cursor_pos": 3})
	want(t, "matches", m.Content["matches"], []any{})
	m = c.Ask("shell", "inspect_request", map[string]any{"code": "zzz", "cursor_pos": 3, "detail_level": 0})
	want(t, "found", m.Content["found"], false)
	want(t, "data", m.Content["data"], map[string]any{})
	m = c.Ask("shell", "inspect_request", map[string]any{"code": "show", "cursor_pos": 2, "detail_level": 1})
	want(t, "found", m.Content["found"], true)
	want(t, "text", m.Data("text/plain"), "show is a word of echo; see the package documentation")
}

func TestIsCompleteHasFourAnswers(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	for code, status := range map[string]string{"say x": "complete", `say \`: "incomplete", "%%bash\nls": "incomplete", "%%bash\nls\n\n": "complete", "!ls": "complete", "%who": "complete", "": "complete"} {
		m := c.Ask("shell", "is_complete_request", map[string]any{"code": code})
		want(t, code, m.Text("status"), status)
	}
	m := c.Ask("shell", "is_complete_request", map[string]any{"code": `say \`})
	want(t, "indent", m.Text("indent"), "    ")
}

func TestConnectNamesThePorts(t *testing.T) {
	k := kerneltest.Start(t, echo.New())
	m := k.Client(t).Ask("shell", "connect_request", map[string]any{})
	want(t, "shell", m.Content["shell_port"], float64(k.Connection.Shell))
	want(t, "hb", m.Content["hb_port"], float64(k.Connection.HB))
}

func TestHistoryCanBeListedSearchedAndKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "history.jsonl")
	keep := func(c *kernel.Config) { c.HistoryFile = file }
	k := kerneltest.Start(t, echo.New(), keep)
	c := k.Client(t)
	for _, code := range []string{"say alpha", "beta", "say alpha", "fail E x"} {
		c.Execute(code)
	}
	ask := func(c *kerneltest.Client, content map[string]any) any {
		content["raw"] = true
		m := c.Ask("shell", "history_request", content)
		want(t, "status", m.Text("status"), "ok")
		return m.Content["history"]
	}
	want(t, "tail", ask(c, map[string]any{"hist_access_type": "tail", "n": 2}), []any{[]any{1.0, 3.0, "say alpha"}, []any{1.0, 4.0, "fail E x"}})
	want(t, "range", ask(c, map[string]any{"hist_access_type": "range", "session": 0, "start": 2, "stop": 4, "output": true}),
		[]any{[]any{1.0, 2.0, []any{"beta", "beta"}}, []any{1.0, 3.0, []any{"say alpha", nil}}})
	want(t, "search", ask(c, map[string]any{"hist_access_type": "search", "pattern": "say*"}), []any{[]any{1.0, 1.0, "say alpha"}, []any{1.0, 3.0, "say alpha"}})
	want(t, "unique", ask(c, map[string]any{"hist_access_type": "search", "pattern": "s[a-c]? alpha", "unique": true}), []any{[]any{1.0, 3.0, "say alpha"}})
	want(t, "n", ask(c, map[string]any{"hist_access_type": "search", "pattern": "*", "n": 1}), []any{[]any{1.0, 4.0, "fail E x"}})
	k.Close()

	c = kerneltest.Start(t, echo.New(), keep).Client(t)
	c.Execute("gamma")
	want(t, "tail", ask(c, map[string]any{"hist_access_type": "tail", "n": 2}), []any{[]any{1.0, 4.0, "fail E x"}, []any{2.0, 1.0, "gamma"}})
	want(t, "the session before", ask(c, map[string]any{"hist_access_type": "range", "session": -1, "start": 1, "stop": 2}), []any{[]any{1.0, 1.0, "say alpha"}})
	bad := c.Ask("shell", "history_request", map[string]any{"hist_access_type": "sideways"})
	want(t, "status", bad.Text("status"), "error")
}

// counter is a comm target that doubles numbers.
type counter struct{ closed chan string }

func (counter) Open(_ context.Context, c *session.Comm, data json.RawMessage, _ [][]byte) error {
	return c.Send(map[string]any{"opened": data}, nil, nil)
}

func (counter) Message(_ context.Context, c *session.Comm, data json.RawMessage, buffers [][]byte) error {
	var n int
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	return c.Send(2*n, nil, buffers)
}

func (t counter) Closed(c *session.Comm) { t.closed <- c.ID }

func TestCommsOpenTalkAndCloseWhileACellRuns(t *testing.T) {
	target := counter{make(chan string, 1)}
	k := kerneltest.Start(t, echo.New(), func(c *kernel.Config) { c.Targets = map[string]session.Target{"double": target} })
	c := k.Client(t)
	cell := c.Send("shell", "execute_request", map[string]any{"code": "wait"})
	isComm := func(m kerneltest.Message) bool { return len(m.Type) > 5 && m.Type[:5] == "comm_" }
	c.Send("shell", "comm_open", map[string]any{"comm_id": "c1", "target_name": "double", "data": map[string]any{"a": 1}})
	m := c.Await("answer to open", isComm)
	want(t, "data", m.Content["data"], map[string]any{"opened": map[string]any{"a": 1.0}})
	msg := c.Message("with-buffer", "comm_msg", map[string]any{"comm_id": "c1", "data": 21})
	msg.Buffers = [][]byte{{1, 2, 3}}
	c.SendMessage("shell", msg)
	m = c.Await("answer", isComm)
	want(t, "data", m.Content["data"], 42.0)
	want(t, "parent", m.Parent, "with-buffer")
	want(t, "buffers", m.Raw.Buffers, [][]byte{{1, 2, 3}})
	info := c.Ask("shell", "comm_info_request", map[string]any{"target_name": "double"})
	want(t, "comms", info.Content["comms"], map[string]any{"c1": map[string]any{"target_name": "double"}})
	info = c.Ask("shell", "comm_info_request", map[string]any{"target_name": "other"})
	want(t, "comms", info.Content["comms"], map[string]any{})
	c.Send("shell", "comm_close", map[string]any{"comm_id": "c1", "data": map[string]any{}})
	want(t, "closed", <-target.closed, "c1")
	c.Send("shell", "comm_open", map[string]any{"comm_id": "c2", "target_name": "nobody", "data": map[string]any{}})
	m = c.Await("answer to an unknown target", isComm)
	want(t, "type", m.Type, "comm_close")
	want(t, "id", m.Text("comm_id"), "c2")
	c.Ask("control", "interrupt_request", map[string]any{})
	c.Reply("shell", cell)
}

func TestShutdownIsRepliedOnItsChannelAndEndsTheKernel(t *testing.T) {
	for _, channel := range []string{"shell", "control"} {
		for _, restart := range []bool{false, true} {
			k := kerneltest.Start(t, echo.New())
			c := k.Client(t)
			c.Send("shell", "execute_request", map[string]any{"code": "wait"})
			c.Await("the cell to run", func(m kerneltest.Message) bool { return m.Type == "execute_input" })
			m := c.Ask(channel, "shutdown_request", map[string]any{"restart": restart})
			want(t, "type", m.Type, "shutdown_reply")
			want(t, "restart", m.Content["restart"], restart)
			k.Wait(t.Context())
			if err := k.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestHeartbeatEchoesWhileACellRuns(t *testing.T) {
	k := kerneltest.Start(t, echo.New())
	c := k.Client(t)
	c.Send("shell", "execute_request", map[string]any{"code": "wait"})
	if got := k.Heartbeat(t, "ping 1"); got != "ping 1" {
		t.Errorf("heartbeat says %q", got)
	}
}
