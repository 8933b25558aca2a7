package kernel_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

// each runs a test over TCP and over Unix sockets.
func each(t *testing.T, f func(t *testing.T, c *kerneltest.Client)) {
	t.Run("tcp", func(t *testing.T) { f(t, kerneltest.Start(t, echo.New()).Client(t)) })
	t.Run("ipc", func(t *testing.T) { f(t, kerneltest.StartIPC(t, echo.New()).Client(t)) })
}

func wantTypes(t *testing.T, r kerneltest.Ran, types ...string) {
	t.Helper()
	if !slices.Equal(r.Types(), types) {
		t.Errorf("outputs %v, want %v", r.Types(), types)
	}
}

func want(t *testing.T, what string, got, expected any) {
	t.Helper()
	if !reflect.DeepEqual(got, expected) {
		t.Errorf("%s is %#v, want %#v", what, got, expected)
	}
}

func TestACellIsEchoedRunAndCounted(t *testing.T) {
	each(t, func(t *testing.T, c *kerneltest.Client) {
		for i := 1.0; i <= 2; i++ {
			r := c.Execute("say hello\nthe value")
			wantTypes(t, r, "execute_input", "stream", "execute_result")
			want(t, "reply status", r.Reply.Text("status"), "ok")
			want(t, "reply type", r.Reply.Type, "execute_reply")
			want(t, "count", r.Reply.Content["execution_count"], i)
			want(t, "payload", r.Reply.Content["payload"], []any{})
			want(t, "user_expressions", r.Reply.Content["user_expressions"], map[string]any{})
			want(t, "echoed count", r.Output[0].Content["execution_count"], i)
			want(t, "echoed code", r.Output[0].Text("code"), "say hello\nthe value")
			want(t, "stdout", r.Stream("stdout"), "hello")
			want(t, "result", r.Output[2].Data("text/plain"), "the value")
			want(t, "result count", r.Output[2].Content["execution_count"], i)
		}
	})
}

func TestStdoutAndStderrKeepTheirOrder(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.Execute("say a\nwarn b\nsay c\nshow text/html <b>d</b>\nsay e")
	var got []string
	for _, m := range r.Output[1:] {
		got = append(got, m.Type+" "+m.Text("name")+m.Text("text"))
	}
	want(t, "outputs", got, []string{"stream stdouta", "stream stderrb", "stream stdoutc", "display_data ", "stream stdoute"})
}

func TestASilentCellPublishesNothingAndCountsNothing(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.ExecuteWith(map[string]any{"code": "set x 1\nsay loud\n5", "silent": true})
	wantTypes(t, r)
	want(t, "status", r.Reply.Text("status"), "ok")
	want(t, "count", c.Execute("get x").Reply.Content["execution_count"], 1.0)
}

func TestACellThatIsNotStoredDoesNotCount(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	c.Execute("one")
	r := c.ExecuteWith(map[string]any{"code": "two", "store_history": false})
	wantTypes(t, r, "execute_input", "execute_result")
	want(t, "count", r.Reply.Content["execution_count"], 1.0)
	want(t, "next count", c.Execute("three").Reply.Content["execution_count"], 2.0)
	h := c.Ask("shell", "history_request", map[string]any{"hist_access_type": "tail", "n": 10, "output": false, "raw": true})
	want(t, "history", h.Content["history"], []any{[]any{1.0, 1.0, "one"}, []any{1.0, 2.0, "three"}})
}

func TestAnEmptyCellIsNotCounted(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	wantTypes(t, c.Execute(" \n\t\n"))
	want(t, "count", c.Execute("x").Reply.Content["execution_count"], 1.0)
}

func TestUserExpressionsAreEvaluatedEachOnItsOwn(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.ExecuteWith(map[string]any{"code": "set x 42", "user_expressions": map[string]string{"good": "x", "bad": "y"}})
	got := r.Reply.Content["user_expressions"].(map[string]any)
	want(t, "good", got["good"].(map[string]any)["data"], map[string]any{"text/plain": "42"})
	want(t, "good status", got["good"].(map[string]any)["status"], "ok")
	want(t, "bad status", got["bad"].(map[string]any)["status"], "error")
	want(t, "bad name", got["bad"].(map[string]any)["ename"], "NameError")
	want(t, "status", r.Reply.Text("status"), "ok")
}

func TestAnErrorIsPublishedAndReplied(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.Execute("say before\nfail *fs.PathError no such file\nsay after")
	wantTypes(t, r, "execute_input", "stream", "error")
	for _, m := range []kerneltest.Message{r.Reply, r.Output[2]} {
		want(t, "ename", m.Text("ename"), "*fs.PathError")
		want(t, "evalue", m.Text("evalue"), "no such file")
		lines := m.Content["traceback"].([]any)
		if len(lines) < 2 || !slices.Contains(lines, any("In[1]:2:1: fail *fs.PathError no such file")) {
			t.Errorf("traceback %v", lines)
		}
	}
	want(t, "status", r.Reply.Text("status"), "error")
	want(t, "count", r.Reply.Content["execution_count"], 1.0)
}

func TestABrokenInterpreterIsAnErrorOfTheCell(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	want(t, "ename", c.Execute("broken").Reply.Text("ename"), "InternalError")
	want(t, "status", c.Execute("fine").Reply.Text("status"), "ok")
}

func TestAnErrorAbortsTheCellsThatWait(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	bad := c.Send("shell", "execute_request", map[string]any{"code": "fail E x"})
	var waiting []string
	for range 3 {
		waiting = append(waiting, c.Send("shell", "execute_request", map[string]any{"code": "set ran yes"}))
	}
	want(t, "status", c.Reply("shell", bad).Text("status"), "error")
	for _, id := range waiting {
		want(t, "status", c.Reply("shell", id).Text("status"), "aborted")
		if out := c.Outputs(id); len(out) != 0 {
			t.Errorf("an aborted cell published %v", out)
		}
	}
	r := c.Execute("get ran")
	want(t, "the aborted cells' variable", r.Reply.Text("ename"), "NameError")
	want(t, "count", r.Reply.Content["execution_count"], 2.0)
}

func TestWithoutStopOnErrorTheCellsThatWaitRun(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	bad := c.Send("shell", "execute_request", map[string]any{"code": "fail E x", "stop_on_error": false})
	next := c.Send("shell", "execute_request", map[string]any{"code": "fine"})
	want(t, "status", c.Reply("shell", bad).Text("status"), "error")
	want(t, "status", c.Reply("shell", next).Text("status"), "ok")
}

func TestDisplaysCanBeUpdatedAndOutputCleared(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.Execute("put bar 10 %\nupdate bar 20 %\nclear wait\nclear")
	wantTypes(t, r, "execute_input", "display_data", "update_display_data", "clear_output", "clear_output")
	for i, text := range []string{"10 %", "20 %"} {
		m := r.Output[1+i]
		want(t, "text", m.Data("text/plain"), text)
		want(t, "transient", m.Content["transient"], map[string]any{"display_id": "bar"})
		want(t, "metadata", m.Content["metadata"], map[string]any{})
	}
	want(t, "wait", r.Output[3].Content["wait"], true)
	want(t, "wait", r.Output[4].Content["wait"], false)
}

func TestOutputOfAGoroutineThatOutlivesItsCellHasItsCellsParent(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	first := c.Execute("later go late words")
	wantTypes(t, first, "execute_input")
	c.Execute("set go now")
	m := c.Await("late output", func(m kerneltest.Message) bool { return m.Type == "stream" })
	want(t, "parent", m.Parent, first.Reply.Parent)
	want(t, "text", m.Text("text"), "late words")
}

func TestInputIsAskedOfTheFrontEndThatRunsTheCell(t *testing.T) {
	k := kerneltest.Start(t, echo.New())
	other, c := k.Client(t), k.Client(t)
	for _, word := range []string{"ask", "secret"} {
		id := c.Send("shell", "execute_request", map[string]any{"code": "say first:\n" + word + " your name?"})
		q := c.Next("stdin")
		want(t, "type", q.Type, "input_request")
		want(t, "parent", q.Parent, id)
		want(t, "prompt", q.Text("prompt"), "your name?")
		want(t, "password", q.Content["password"], word == "secret")
		c.Send("stdin", "input_reply", map[string]any{"value": "Ada"})
		want(t, "status", c.Reply("shell", id).Text("status"), "ok")
		want(t, "stdout", kerneltest.Ran{Output: c.Outputs(id)}.Stream("stdout"), "first:Ada")
	}
	want(t, "status", other.Execute("still here").Reply.Text("status"), "ok")
}

func TestACellThatMayNotAskGetsAnErrorInsteadOfWaiting(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.ExecuteWith(map[string]any{"code": "ask name?", "allow_stdin": false})
	want(t, "ename", r.Reply.Text("ename"), "InputError")
}

func TestInterruptingACellThatAsksEndsIt(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	id := c.Send("shell", "execute_request", map[string]any{"code": "ask name?"})
	c.Next("stdin")
	c.Ask("control", "interrupt_request", map[string]any{})
	want(t, "status", c.Reply("shell", id).Text("status"), "error")
}

func TestWorkReportsProgressThroughItsContext(t *testing.T) {
	c := cells(t, func(ctx context.Context, cell interp.Cell) (interp.Result, error) {
		p, ok := ctx.Value("sightline.progress").(interface {
			Progress(done, total int64, label string)
		})
		if !ok {
			return interp.Result{}, errors.New("no progress in the context")
		}
		p.Progress(1, 2, "tiles")
		p.Progress(2, 2, "tiles")
		return interp.Result{}, nil
	})
	r := c.Execute("do it")
	want(t, "status", r.Reply.Text("status"), "ok")
	if _, ok := r.First("display_data"); !ok {
		t.Errorf("no bar among %v", r.Types())
	}
}
