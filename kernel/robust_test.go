package kernel_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/sightline-osint/sightline/kernel"
	"github.com/sightline-osint/sightline/kernel/internal/interp"
	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
	"github.com/sightline-osint/sightline/kernel/internal/stream"
	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// abuse starts a kernel that holds a variable, lets f do harm, and then checks that the kernel runs and still holds it.
func abuse(t *testing.T, f func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client), options ...kernel.Config) {
	t.Helper()
	for _, start := range []struct {
		name string
		on   func(testing.TB, interp.Interpreter, ...kerneltest.Option) *kerneltest.Kernel
	}{{"tcp", kerneltest.Start}, {"ipc", kerneltest.StartIPC}} {
		t.Run(start.name, func(t *testing.T) {
			k := start.on(t, echo.New(), func(c *kernel.Config) {
				if len(options) > 0 {
					c.SocketLimits = options[0].SocketLimits
				}
			})
			c := k.Client(t)
			c.Execute("set kept intact")
			f(t, k, c)
			r := c.Execute("get kept")
			want(t, "status afterwards", r.Reply.Text("status"), "ok")
			last, _ := r.First("execute_result")
			want(t, "state afterwards", last.Data("text/plain"), "intact")
			k.Client(t).Execute("a new front end")
		})
	}
}

func TestABadlySignedMessageIsDroppedAndTheKernelGoesOn(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		for _, signature := range []string{"", "00", "zz", strings.Repeat("0", 64), strings.Repeat("é", 32), strings.Repeat("f", 1<<20)} {
			frames := c.Frames(c.Message("forged", "execute_request", map[string]any{"code": "set kept forged"}))
			frames[1] = []byte(signature)
			c.SendFrames("shell", frames)
			c.SendFrames("control", frames)
			c.SendFrames("stdin", frames)
		}
		frames := c.Frames(c.Message("changed", "execute_request", map[string]any{"code": "set kept intact"}))
		frames[5] = []byte(`{"code":"set kept changed"}`)
		c.SendFrames("shell", frames)
	})
}

func TestAMessageWithMissingFramesIsDropped(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		whole := c.Frames(c.Message("cut", "execute_request", map[string]any{"code": "set kept cut"}))
		for n := 1; n < len(whole); n++ {
			c.SendFrames("shell", whole[:n])
			c.SendFrames("control", whole[n:])
		}
		c.SendFrames("shell", [][]byte{{}})
		c.SendFrames("shell", [][]byte{[]byte("<IDS|MSG>"), []byte("<IDS|MSG>")})
		c.SendFrames("iopub", [][]byte{{7}, {}, []byte("nonsense")})
	})
}

func TestAReplayedMessageIsNotRunAgain(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		frames := c.Frames(c.Message("once", "execute_request", map[string]any{"code": "run"}))
		c.SendFrames("shell", frames)
		r := c.Reply("shell", "once")
		for range 3 {
			c.SendFrames("shell", frames)
			c.SendFrames("control", frames)
		}
		want(t, "count", r.Content["execution_count"], 2.0)
		id := c.Send("shell", "execute_request", map[string]any{"code": "next"})
		want(t, "next count", c.Reply("shell", id).Content["execution_count"], 3.0)
	})
}

func TestWrongJSONIsAnsweredWithAnErrorOrDropped(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		for _, header := range []string{"", "{", "[]", "null", "7", `{"msg_id":3}`, `{"msg_type":["x"]}`, "\xff\xfe"} {
			m := c.Message("x", "execute_request", map[string]any{"code": "set kept broken"})
			m.Header = []byte(header)
			c.SendMessage("shell", m)
		}
		for i, content := range []string{"{", "[]", `{"code":7}`, `{"code":"x","user_expressions":[1]}`, `{"code":"x","silent":"no"}`} {
			m := c.Message(fmt.Sprint("bad ", i), "execute_request", nil)
			m.Content = []byte(content)
			c.SendMessage("shell", m)
			r := c.Reply("shell", fmt.Sprint("bad ", i))
			want(t, content, r.Text("status"), "error")
			want(t, content, r.Text("ename"), "BadRequest")
		}
		for _, kind := range []string{"complete_request", "inspect_request", "history_request", "is_complete_request", "comm_info_request", "shutdown_request"} {
			r := c.Ask("shell", kind, []int{1})
			want(t, kind, r.Text("status"), "error")
			want(t, kind, r.Type, strings.Replace(kind, "request", "reply", 1))
		}
		for _, kind := range []string{"comm_open", "comm_msg", "comm_close"} {
			c.Send("shell", kind, []int{1})
			c.Send("shell", kind, map[string]any{"comm_id": "never opened"})
		}
		c.Send("stdin", "input_reply", map[string]any{"value": 3})
		c.Send("stdin", "input_reply", map[string]any{"value": "nobody asked"})
	})
}

func TestAMessageOfUnknownTypeIsIgnoredBetweenBusyAndIdle(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		for _, channel := range []string{"shell", "control"} {
			id := c.Send(channel, "make_coffee_request", map[string]any{})
			if out := c.Outputs(id); len(out) != 0 {
				t.Errorf("published %v", out)
			}
		}
	})
}

func TestAnOversizedMessageCutsOffOnlyItsSender(t *testing.T) {
	small := wire.Limits{Message: 1 << 20, Frames: 64, Handshake: kerneltest.Timeout, Queue: 1 << 20, Stall: time.Second}
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		for _, frames := range [][][]byte{{make([]byte, 2<<20)}, bytes.Split(make([]byte, 100), []byte{0})} {
			bad := k.Raw(t, "shell", "DEALER")
			bad.Send(frames)
			if _, err := bad.Receive(); err == nil {
				t.Error("the sender of an oversized message was answered")
			}
		}
		nc := k.Socket(t, "shell")
		io.WriteString(nc, "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01NULL"+strings.Repeat("\x00", 48)+"\x04\x29\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER\x08Identity\x00\x00\x00\x00")
		nc.Write(binary.BigEndian.AppendUint64([]byte{2}, 1<<62)) // claims an absurd length
		if _, err := io.Copy(io.Discard, nc); err != nil {
			t.Log(err)
		}
	}, kernel.Config{SocketLimits: small})
}

func TestAPeerThatConnectsAndSaysNothingHoldsUpNobody(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		for _, channel := range []string{"shell", "control", "stdin", "iopub", "hb"} {
			for range 5 {
				k.Socket(t, channel)
			}
		}
		k.Client(t).Execute("fine")
		want(t, "heartbeat", k.Heartbeat(t, "x"), "x")
	})
}

func TestAPeerThatDoesNotSpeakZeroMQIsCutOff(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		for _, channel := range []string{"shell", "control", "stdin", "iopub", "hb"} {
			for _, talk := range []string{
				"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" + strings.Repeat("x", 64),
				"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x01" + strings.Repeat("\x00", 60),
				"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01CURVE" + strings.Repeat("\x00", 60),
				"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01NULL" + strings.Repeat("\x00", 48) + "\xff\xff\xff",
				"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01NULL" + strings.Repeat("\x00", 48) + "\x04\x01\x09",
				"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x01NULL" + strings.Repeat("\x00", 48) + "\x04\x1a\x05READY\x0bSocket-Type\x00\x00\x00\x04PUSH",
			} {
				nc := k.Socket(t, channel)
				io.WriteString(nc, talk)
				io.Copy(io.Discard, nc) // ends when the kernel hangs up
			}
		}
	})
}

func TestAFrontEndThatVanishesInMidCellLeavesTheKernelRunning(t *testing.T) {
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		gone := k.Client(t)
		id := gone.Send("shell", "execute_request", map[string]any{"code": "until signal\nset kept2 also"})
		isRunning := func(m kerneltest.Message) bool { return m.Type == "execute_input" && m.Parent == id }
		c.Await("the cell to run", isRunning)
		gone.Close()
		c.Ask("control", "kernel_info_request", map[string]any{})
		c.Ask("control", "interrupt_request", map[string]any{})
		c.Await("idle", func(m kerneltest.Message) bool { return m.Parent == id && m.Text("execution_state") == "idle" })
	})
}

func TestAFrontEndThatReadsNothingIsCutOffAndTheCellGoesOn(t *testing.T) {
	small := wire.Limits{Message: 1 << 20, Frames: 64, Handshake: kerneltest.Timeout, Queue: 4 << 20, Stall: time.Second}
	abuse(t, func(t *testing.T, k *kerneltest.Kernel, c *kerneltest.Client) {
		deaf := k.Raw(t, "iopub", "SUB")
		deaf.Subscribe("")
		deaf.Receive() // the welcome; nothing after it is read
		code := "say " + strings.Repeat("x", 1<<20) + "\n"
		c.Execute(strings.Repeat(code, 20)[:900<<10])
		for range 20 {
			want(t, "status", c.Execute("show text/html "+strings.Repeat("y", 900<<10)).Reply.Text("status"), "ok")
		}
	}, kernel.Config{SocketLimits: small})
}

func TestTheSameFrontEndMayComeBack(t *testing.T) {
	k := kerneltest.Start(t, echo.New())
	c := k.Client(t)
	first := k.RawAs(t, "shell", "DEALER", "same")
	first.Send(c.Frames(c.Message("from the first", "kernel_info_request", map[string]any{})))
	if _, err := first.Receive(); err != nil { // only now does the kernel certainly know the first
		t.Fatal(err)
	}
	second := k.RawAs(t, "shell", "DEALER", "same")
	second.Send(c.Frames(c.Message("from the second", "kernel_info_request", map[string]any{})))
	if _, err := second.Receive(); err != nil {
		t.Errorf("the connection that came back: %v", err)
	}
	if _, err := first.Receive(); err == nil {
		t.Error("the old connection is still served")
	}
}

// cells runs one Go function as a cell.
func cells(t *testing.T, f func(ctx context.Context, cell interp.Cell) (interp.Result, error), options ...kerneltest.Option) *kerneltest.Client {
	t.Helper()
	in := kerneltest.NewCells(map[string]func(context.Context, interp.Cell) (interp.Result, error){"do it": f})
	return kerneltest.Start(t, in, options...).Client(t)
}

func TestTenThousandLinesArriveWholeAndInOrder(t *testing.T) {
	var all strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&all, "line %d of many\n", i)
	}
	c := cells(t, func(_ context.Context, cell interp.Cell) (interp.Result, error) {
		for line := range strings.Lines(all.String()) {
			io.WriteString(cell.Output.Stdout(), line)
		}
		return interp.Result{}, nil
	})
	r := c.Execute("do it")
	if r.Stream("stdout") != all.String() {
		t.Error("lines were lost or reordered")
	}
}

func TestRunawayOutputIsThinnedOutWithANotice(t *testing.T) {
	const size = 100 << 20
	c := cells(t, func(_ context.Context, cell interp.Cell) (interp.Result, error) {
		block := bytes.Repeat([]byte("0123456789abcde\n"), 1024)
		for n := 0; n < size; n += len(block) {
			cell.Output.Stdout().Write(block)
		}
		io.WriteString(cell.Output.Stdout(), "the end\n")
		return interp.Result{}, nil
	})
	r := c.Execute("do it")
	out := r.Stream("stdout")
	if len(out) > 24<<20 || len(out) < 8<<20 {
		t.Errorf("%d bytes arrived", len(out))
	}
	for _, part := range []string{"leaving some out]\n", "of output left out]\n"} {
		if !strings.Contains(out, part) {
			t.Errorf("no %q", part)
		}
	}
	if !strings.HasSuffix(out, "0123456789abcde\nthe end\n") {
		t.Errorf("the output ends in %q", out[len(out)-50:])
	}
	if len(r.Output) > 1000 {
		t.Errorf("%d messages", len(r.Output))
	}
	want(t, "the next cell", c.Execute("say fine").Stream("stdout"), "fine")
}

func TestALoopThatDisplaysForEverCanBeInterrupted(t *testing.T) {
	c := cells(t, func(ctx context.Context, cell interp.Cell) (interp.Result, error) {
		for ctx.Err() == nil {
			cell.Output.ClearOutput(true)
			io.WriteString(cell.Output.Stderr(), "tick\n")
		}
		return interp.Result{}, &interp.Error{Name: "Interrupt", Message: "stopped"}
	})
	id := c.Send("shell", "execute_request", map[string]any{"code": "do it"})
	for range 2000 {
		c.Next("iopub")
	}
	c.Ask("control", "interrupt_request", map[string]any{})
	want(t, "ename", c.Reply("shell", id).Text("ename"), "Interrupt")
}

func TestAPanicOfTheInterpreterIsAnErrorOfTheCell(t *testing.T) {
	c := cells(t, func(context.Context, interp.Cell) (interp.Result, error) { panic("deep trouble") })
	r := c.Execute("do it")
	want(t, "ename", r.Reply.Text("ename"), "InternalError")
	want(t, "the next cell", c.Execute("say fine").Stream("stdout"), "fine")
}

type angry struct{}

func (angry) String() string { panic("cannot be shown") }

func TestAValueThatPanicsWhenItIsShownDoesNotEndTheKernel(t *testing.T) {
	c := cells(t, func(context.Context, interp.Cell) (interp.Result, error) {
		return interp.Result{Values: []any{angry{}}, Types: []string{"main.angry"}}, nil
	})
	c.Execute("do it")
	want(t, "the next cell", c.Execute("say fine").Stream("stdout"), "fine")
}

func TestACellThatTakesTooMuchMemoryIsEndedWithAnError(t *testing.T) {
	c := cells(t, func(ctx context.Context, cell interp.Cell) (interp.Result, error) {
		var hoard [][]byte
		for ctx.Err() == nil {
			hoard = append(hoard, bytes.Repeat([]byte{1}, 1<<20))
			if len(hoard) > 2000 {
				return interp.Result{}, fmt.Errorf("%d MiB and still running", len(hoard))
			}
		}
		return interp.Result{}, &interp.Error{Name: "Interrupt", Message: "stopped"}
	}, func(c *kernel.Config) { c.MemoryLimit = 200 << 20 })
	r := c.Execute("do it")
	want(t, "ename", r.Reply.Text("ename"), "OutOfMemory")
	if !strings.Contains(r.Reply.Text("evalue"), "SIGHTLINE_MEMORY") {
		t.Errorf("evalue %q", r.Reply.Text("evalue"))
	}
	want(t, "the next cell", c.Execute("say fine").Stream("stdout"), "fine")
}

func TestBytesThatAreNoUTF8DoNotBreakAMessage(t *testing.T) {
	c := cells(t, func(_ context.Context, cell interp.Cell) (interp.Result, error) {
		cell.Output.Stdout().Write([]byte("a\xff\xfeb\x00\xed\xa0\x80"))
		return interp.Result{}, nil
	})
	out := c.Execute("do it").Stream("stdout")
	if !strings.HasPrefix(out, "a\ufffd\ufffdb\x00") {
		t.Errorf("%q", out)
	}
}

func TestAKernelListensOnNothingButItsAddress(t *testing.T) {
	k := kerneltest.Start(t, echo.New())
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		ip, _, _ := net.ParseCIDR(a.String())
		if ip == nil || ip.String() == "127.0.0.1" || ip.IsLinkLocalUnicast() {
			continue
		}
		nc, err := net.DialTimeout("tcp", net.JoinHostPort(ip.String(), fmt.Sprint(k.Connection.Shell)), time.Second)
		if err == nil {
			nc.Close()
			t.Errorf("the shell port is open on %s", ip)
		}
	}
}

func TestOutputLimitsCanBeSet(t *testing.T) {
	c := cells(t, func(_ context.Context, cell interp.Cell) (interp.Result, error) {
		for i := range 1000 {
			fmt.Fprintf(cell.Output.Stdout(), "%03d\n", i)
		}
		return interp.Result{}, nil
	}, func(c *kernel.Config) {
		c.OutputLimit = stream.Limit{Burst: 100, Rate: 1, Tail: 12, Period: time.Millisecond}
	})
	out := c.Execute("do it").Stream("stdout")
	var lines strings.Builder
	for i := range 25 {
		fmt.Fprintf(&lines, "%03d\n", i)
	}
	want(t, "output", out, lines.String()+"\n[more output than a notebook can show: leaving some out]\n[3.8 KiB of output left out]\n998\n999\n")
}
