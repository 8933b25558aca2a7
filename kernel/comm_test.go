package kernel_test

import (
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

const importDisplay = "import (\n\t\"fmt\"\n\t\"github.com/sightline-osint/sightline/kernel/display\"\n)\n"

// printed waits for text on the standard output and returns the id of its parent.
func printed(c *kerneltest.Client, text string) (parent string) {
	return c.Await(text, func(m kerneltest.Message) bool {
		return m.Type == "stream" && strings.Contains(m.Text("text"), text)
	}).Parent
}

func TestACellOpensACommAndAnswersWhatTheFrontEndSends(t *testing.T) {
	c := goClient(t)
	r := c.Execute(importDisplay + `fmt.Println("before")
slider, err := display.OpenComm("my.slider", display.CommMessage{Data: map[string]any{"max": 10}, Metadata: map[string]any{"version": "2.1.0"}, Buffers: [][]byte{{1, 2}}})
check(err)
slider.OnMsg(func(m display.CommMessage) {
	fmt.Println("value", m.Data.(map[string]any)["value"], len(m.Buffers))
	slider.Send(map[string]any{"seen": m.Data})
})
slider.OnClose(func() { fmt.Println("closed by the front end") })
slider.ID()`)
	wantTypes(t, r, "execute_input", "stream", "comm_open", "execute_result")
	open := r.Output[2]
	want(t, "target", open.Text("target_name"), "my.slider")
	want(t, "data", open.Content["data"].(map[string]any)["max"], 10.0)
	if string(open.Raw.Metadata) != `{"version":"2.1.0"}` || len(open.Raw.Buffers) != 1 || string(open.Raw.Buffers[0]) != "\x01\x02" {
		t.Errorf("metadata %s, buffers %q", open.Raw.Metadata, open.Raw.Buffers)
	}
	id := open.Text("comm_id")
	want(t, "ID", r.Output[3].Data("text/plain"), id)

	for range 2 { // also while a cell runs, and after it
		c.Send("shell", "comm_msg", map[string]any{"comm_id": id, "data": map[string]any{"value": 7}})
		want(t, "where it prints", printed(c, "value 7 0"), r.Reply.Parent)
		m := c.Await("the answer", func(m kerneltest.Message) bool { return m.Type == "comm_msg" })
		want(t, "the answer", m.Content["data"].(map[string]any)["seen"].(map[string]any)["value"], 7.0)
		c.Execute("kept := 1")
	}
	c.Send("shell", "comm_close", map[string]any{"comm_id": id, "data": map[string]any{}})
	printed(c, "closed by the front end")
	want(t, "after the end", c.Execute("fmt.Print(slider.Send(1))").Stream("stdout"), "display: the comm is closed")
}

func TestAMessageThatComesBeforeItsHandlerWaitsForIt(t *testing.T) {
	c := goClient(t)
	r := c.Execute(importDisplay + "early := must(display.OpenComm(\"x\", nil))")
	open, ok := r.First("comm_open")
	if !ok {
		t.Fatal("no comm_open")
	}
	for i := range 3 {
		c.Send("shell", "comm_msg", map[string]any{"comm_id": open.Text("comm_id"), "data": map[string]any{"n": i}})
	}
	c.Ask("shell", "comm_info_request", map[string]any{})
	c.Execute("early.OnMsg(func(m display.CommMessage) { fmt.Println(m.Data) })")
	printed(c, "map[n:2]")
	c.Execute("early.Close()")
	list := c.Ask("shell", "comm_info_request", map[string]any{}).Content["comms"].(map[string]any)
	want(t, "open comms", len(list), 0)
}

func TestAFrontEndOpensACommThatACellWaitsFor(t *testing.T) {
	c := goClient(t)
	cell := c.Execute(importDisplay + `check(display.OnComm("my.target", func(comm *display.Comm, m display.CommMessage) {
	fmt.Println("opened", m.Data)
	comm.OnMsg(func(m display.CommMessage) { comm.Send(m.Data) })
	comm.Send("welcome")
}))`)
	want(t, "status", cell.Reply.Text("status"), "ok")
	for _, id := range []string{"one", "two"} {
		c.Send("shell", "comm_open", map[string]any{"comm_id": id, "target_name": "my.target", "data": map[string]any{"who": id}})
		want(t, "where it prints", printed(c, "opened map[who:"+id+"]"), cell.Reply.Parent)
		m := c.Await("a welcome", func(m kerneltest.Message) bool { return m.Type == "comm_msg" })
		want(t, "data", m.Content["data"], "welcome")
		want(t, "comm", m.Text("comm_id"), id)
		c.Send("shell", "comm_msg", map[string]any{"comm_id": id, "data": map[string]any{"echo": id}})
		m = c.Await("an echo", func(m kerneltest.Message) bool { return m.Type == "comm_msg" })
		want(t, "echo", m.Content["data"].(map[string]any)["echo"], id)
	}
}

func TestAHandlerThatPanicsOrHangsHarmsNoOther(t *testing.T) {
	c := goClient(t)
	r := c.Execute(importDisplay + `release := make(chan bool)
a := must(display.OpenComm("a", nil))
b := must(display.OpenComm("b", nil))
a.OnMsg(func(m display.CommMessage) {
	if m.Data.(map[string]any)["panic"] == true {
		panic("in a handler")
	}
	<-release
	fmt.Println("released")
})
b.OnMsg(func(m display.CommMessage) { fmt.Println("b is served") })`)
	ids := map[string]string{}
	for _, m := range r.Output {
		if m.Type == "comm_open" {
			ids[m.Text("target_name")] = m.Text("comm_id")
		}
	}
	send := func(name string, data map[string]any) {
		c.Send("shell", "comm_msg", map[string]any{"comm_id": ids[name], "data": data})
	}
	send("a", map[string]any{"panic": true})
	c.Await("the panic", func(m kerneltest.Message) bool {
		return m.Type == "stream" && m.Text("name") == "stderr" && strings.Contains(m.Text("text"), "in a handler")
	})
	send("a", map[string]any{})
	send("b", map[string]any{})
	printed(c, "b is served")
	want(t, "a cell", c.Execute("1 + 1").Reply.Text("status"), "ok")
	c.Send("shell", "execute_request", map[string]any{"code": "close(release)"})
	printed(c, "released") // before or after the end of that cell
}
