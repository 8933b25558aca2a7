package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-osint/sightline/kernel/internal/wire"
)

// patience is how long any answer may take.
const patience = 30 * time.Second

// peer is one kernel to measure.
type peer struct {
	name     string
	argv     []string
	code     cells
	results  map[string]result
	failures []string
}

// measure runs every task. A failed task does not keep the others from running.
func (p *peer) measure(rounds int) {
	p.results = map[string]result{}
	var k *kernel
	for _, t := range tasks {
		var err error
		if !t.start && k == nil {
			if k, err = p.start(); err == nil {
				_, err = k.execute(p.code.setup, nil)
			}
		}
		var r result
		if err == nil {
			r, err = t.run(p, k, rounds)
		}
		if r.err = err; err != nil {
			p.failures = append(p.failures, fmt.Sprintf("%s: %v", t.name, err))
			if k != nil {
				k.kill()
				k = nil
			}
		}
		p.results[t.name] = r
	}
	if k != nil {
		k.end()
	}
}

// kernel is a running kernel process with one front end.
type kernel struct {
	cmd   *exec.Cmd
	dir   string
	codec *wire.Codec
	conns map[string]*wire.Conn
	iopub chan arrival
	count int
}

// arrival is a message as it came, with the time: what it costs to read it is not the kernel's.
type arrival struct {
	frames [][]byte
	at     time.Time
}

// message is what a front end reads of a message.
type message struct {
	kind, parent string
	content      map[string]any
}

// start starts the kernel's process and returns when it has answered a kernel_info_request.
func (p *peer) start() (k *kernel, err error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	c := wire.Connection{Transport: "tcp", IP: "127.0.0.1", Scheme: "hmac-sha256", Key: "bench"}
	if err := freePorts(&c.Shell, &c.IOPub, &c.Stdin, &c.Control, &c.HB); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "connection.json")
	if err := c.Write(file); err != nil {
		return nil, err
	}
	var argv []string
	for _, a := range p.argv {
		argv = append(argv, strings.ReplaceAll(a, "{connection_file}", file))
	}
	k = &kernel{cmd: exec.Command(argv[0], argv[1:]...), dir: dir, conns: map[string]*wire.Conn{}, iopub: make(chan arrival, 1<<16)}
	if k.codec, err = wire.NewCodec(c); err != nil {
		return nil, err
	}
	if err := k.cmd.Start(); err != nil {
		return nil, err
	}
	if err := k.connect(c); err != nil {
		k.kill()
		return nil, err
	}
	return k, nil
}

// connect connects the front end, however long the process takes to listen.
func (k *kernel) connect(c wire.Connection) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for channel, port := range map[string]int{"shell": c.Shell, "control": c.Control, "iopub": c.IOPub} {
		kind := map[bool]string{true: "SUB", false: "DEALER"}[channel == "iopub"]
		network, address := c.Address(port)
		for {
			conn, err := wire.Dial(ctx, network, address, kind, []byte("bench"))
			if err == nil {
				k.conns[channel] = conn
				break
			}
			if ctx.Err() != nil {
				return err
			}
			time.Sleep(time.Millisecond)
		}
	}
	if err := k.conns["iopub"].Subscribe(""); err != nil {
		return err
	}
	go k.listen(k.conns["iopub"])
	_, err := k.ask("shell", "kernel_info_request", map[string]any{})
	return err
}

func (k *kernel) listen(conn *wire.Conn) {
	defer close(k.iopub)
	for {
		frames, err := conn.Receive()
		if err != nil {
			return
		}
		k.iopub <- arrival{frames, time.Now()}
	}
}

func (k *kernel) read(frames [][]byte) (message, error) {
	m, err := k.codec.Decode(frames)
	if err != nil {
		return message{}, err
	}
	var head, parent struct {
		ID   string `json:"msg_id"`
		Kind string `json:"msg_type"`
	}
	var out message
	err = errors.Join(json.Unmarshal(m.Header, &head), json.Unmarshal(m.Parent, &parent), json.Unmarshal(m.Content, &out.content))
	out.kind, out.parent = head.Kind, parent.ID
	return out, err
}

func (k *kernel) send(channel, kind string, content map[string]any) (string, error) {
	k.count++
	id := "bench-" + strconv.Itoa(k.count)
	header, _ := json.Marshal(map[string]any{"msg_id": id, "msg_type": kind, "session": "bench", "username": "bench", "version": "5.4",
		"date": time.Now().UTC().Format(time.RFC3339Nano)})
	body, err := json.Marshal(content)
	if err != nil {
		return "", err
	}
	return id, k.conns[channel].Send(k.codec.Encode(wire.Message{Header: header, Content: body}))
}

// ask sends a request and returns the content of its reply.
func (k *kernel) ask(channel, kind string, content map[string]any) (map[string]any, error) {
	id, err := k.send(channel, kind, content)
	if err != nil {
		return nil, err
	}
	return k.reply(channel, id)
}

func (k *kernel) reply(channel, id string) (map[string]any, error) {
	for {
		frames, err := k.conns[channel].Receive()
		if err != nil {
			return nil, err
		}
		m, err := k.read(frames)
		if err != nil {
			return nil, err
		}
		if m.parent == id {
			return m.content, nil
		}
	}
}

// execute runs a cell and returns how long it took until it was idle and replied to. A cell that fails is an error.
func (k *kernel) execute(code string, output func(kind string, content map[string]any)) (time.Duration, error) {
	began := time.Now()
	id, err := k.send("shell", "execute_request", map[string]any{"code": code, "silent": false, "store_history": true, "allow_stdin": false, "stop_on_error": true, "user_expressions": map[string]any{}})
	if err != nil {
		return 0, err
	}
	content, err := k.reply("shell", id)
	if err != nil {
		return 0, err
	}
	idle, err := k.untilIdle(id, output)
	took := idle.Sub(began)
	if err == nil && content["status"] != "ok" {
		err = fmt.Errorf("cell failed: %v: %v", content["ename"], content["evalue"])
	}
	return took, err
}

// untilIdle reads what iopub says about a request and returns when its idle status came.
func (k *kernel) untilIdle(id string, output func(kind string, content map[string]any)) (time.Time, error) {
	timeout := time.After(patience)
	for {
		select {
		case a, ok := <-k.iopub:
			if !ok {
				return time.Time{}, errors.New("the kernel hung up")
			}
			m, err := k.read(a.frames)
			if err != nil {
				return a.at, err
			}
			if m.parent != id {
				continue
			}
			if m.kind == "status" && m.content["execution_state"] == "idle" {
				return a.at, nil
			}
			if output != nil {
				output(m.kind, m.content)
			}
		case <-timeout:
			return time.Time{}, fmt.Errorf("no answer within %s", patience)
		}
	}
}

// interruptLoop starts a cell that loops for ever and returns the time from the interrupt to the reply.
func (k *kernel) interruptLoop(code string) (time.Duration, error) {
	id, err := k.send("shell", "execute_request", map[string]any{"code": code, "silent": false})
	if err != nil {
		return 0, err
	}
	time.Sleep(50 * time.Millisecond) // the loop is surely running
	began := time.Now()
	if _, err := k.ask("control", "interrupt_request", map[string]any{}); err != nil {
		return 0, err
	}
	content, err := k.reply("shell", id)
	took := time.Since(began)
	if err == nil && content["status"] != "error" {
		err = fmt.Errorf("the loop ended with status %v", content["status"])
	}
	_, idleErr := k.untilIdle(id, nil)
	return took, errors.Join(err, idleErr)
}

// resident returns the resident memory of the process in MiB.
func (k *kernel) resident() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", k.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmRSS:")); ok {
			n, err := strconv.ParseFloat(string(bytes.Fields(rest)[0]), 64)
			return n / 1024, err
		}
	}
	return 0, errors.New("no VmRSS")
}

// end shuts the kernel down and waits for its process.
func (k *kernel) end() error {
	if _, err := k.ask("control", "shutdown_request", map[string]any{"restart": false}); err != nil {
		k.kill()
		return err
	}
	timer := time.AfterFunc(patience, func() { k.cmd.Process.Kill() })
	defer timer.Stop()
	err := k.cmd.Wait()
	k.clean()
	return err
}

func (k *kernel) kill() {
	k.cmd.Process.Kill()
	k.cmd.Wait()
	k.clean()
}

func (k *kernel) clean() {
	for _, c := range k.conns {
		c.Close()
	}
	os.RemoveAll(k.dir)
}

// freePorts finds ports that nobody uses.
func freePorts(ports ...*int) error {
	for _, p := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		defer l.Close()
		*p = l.Addr().(*net.TCPAddr).Port
	}
	return nil
}
