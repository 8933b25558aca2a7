package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// Connection is the content of a connection file.
type Connection struct {
	Transport string `json:"transport"` // "tcp" or "ipc"
	IP        string `json:"ip"`        // for ipc the beginning of the socket files' names
	Shell     int    `json:"shell_port"`
	IOPub     int    `json:"iopub_port"`
	Stdin     int    `json:"stdin_port"`
	Control   int    `json:"control_port"`
	HB        int    `json:"hb_port"`
	Scheme    string `json:"signature_scheme"` // "hmac-sha256"
	Key       string `json:"key"`              // empty: messages are not signed
	Name      string `json:"kernel_name,omitempty"`
}

// ReadConnection reads a connection file. The warning is not empty if others than its owner can read it, and so the key.
func ReadConnection(path string) (c Connection, warning string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return c, "", err
	}
	c = Connection{Transport: "tcp", IP: "127.0.0.1", Scheme: "hmac-sha256"}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, "", fmt.Errorf("wire: %s is no connection file: %w", path, err)
	}
	if c.IP == "" { // would be every address of the machine
		c.IP = "127.0.0.1"
	}
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return c, "", fmt.Errorf("wire: %s: transport %q is neither tcp nor ipc", path, c.Transport)
	}
	for _, port := range []int{c.Shell, c.IOPub, c.Stdin, c.Control, c.HB} {
		if port < 0 || port > 65535 {
			return c, "", fmt.Errorf("wire: %s: there is no port %d", path, port)
		}
	}
	if info, err := os.Stat(path); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		warning = fmt.Sprintf("%s can be read by others (mode %#o): so can the key that signs messages", path, info.Mode().Perm())
	}
	if c.Key == "" {
		warning = path + " has no key: messages are not signed, and whoever reaches the ports can run code"
	}
	return c, warning, nil
}

// Write writes the connection file, readable by its owner only. It replaces an earlier one in one step.
func (c Connection) Write(path string) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".connection-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(text, '\n'))
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// HasFreePort says whether a port is left to the system's choice.
func (c Connection) HasFreePort() bool {
	return c.Shell == 0 || c.IOPub == 0 || c.Stdin == 0 || c.Control == 0 || c.HB == 0
}

// Address returns the network and address of a port, as net.Dial takes them.
func (c Connection) Address(port int) (network, address string) {
	if c.Transport == "ipc" {
		return "unix", c.IP + "-" + strconv.Itoa(port)
	}
	ip := c.IP
	if ip == "*" {
		ip = ""
	}
	return "tcp", net.JoinHostPort(ip, strconv.Itoa(port))
}

// listen opens a port. If it is 0, a free one is taken and filled in.
func (c Connection) listen(port *int) (net.Listener, error) {
	if c.Transport == "ipc" {
		return c.listenUnix(port)
	}
	l, err := net.Listen(c.Address(*port))
	if err != nil {
		return nil, err
	}
	*port = l.Addr().(*net.TCPAddr).Port
	return l, nil
}

// listenUnix opens a Unix socket that only its owner can use. A file that a killed kernel left behind is replaced, a socket in
// use is not.
func (c Connection) listenUnix(port *int) (net.Listener, error) {
	for next := max(*port, 1); ; next++ {
		network, path := c.Address(next)
		l, err := net.Listen(network, path)
		if err != nil && isAbandoned(path) {
			os.Remove(path)
			l, err = net.Listen(network, path)
		}
		if err != nil {
			if _, statErr := os.Lstat(path); *port == 0 && statErr == nil && next < 65535 {
				continue // taken: try the next one
			}
			return nil, err
		}
		*port = next
		if err := os.Chmod(path, 0o600); err != nil && runtime.GOOS != "windows" {
			l.Close()
			return nil, err
		}
		return l, nil
	}
}

// isAbandoned says whether path is a socket that nobody listens on.
func isAbandoned(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSocket == 0 {
		return false
	}
	nc, err := net.Dial("unix", path)
	if err != nil {
		return true
	}
	nc.Close()
	return false
}
