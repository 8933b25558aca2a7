package wire

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestAConnectionFileIsReadAndWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	c := Connection{Transport: "tcp", IP: "127.0.0.1", Shell: 1, IOPub: 2, Stdin: 3, Control: 4, HB: 5, Scheme: "hmac-sha256", Key: "k"}
	if err := c.Write(path); err != nil {
		t.Fatal(err)
	}
	got, warning, err := ReadConnection(path)
	if err != nil || got != c || warning != "" {
		t.Error(got, warning, err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	os.Chmod(path, 0o644)
	if _, warning, _ = ReadConnection(path); !strings.Contains(warning, "can be read by others") {
		t.Errorf("warning %q", warning)
	}
}

func TestAConnectionFileThatSaysLittleOpensLittle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	os.WriteFile(path, []byte(`{"ip":""}`), 0o600)
	c, warning, err := ReadConnection(path)
	if err != nil || c.IP != "127.0.0.1" || !strings.Contains(warning, "no key") {
		t.Error(c, warning, err)
	}
}

func TestAWrongConnectionFileSaysWhatIsWrong(t *testing.T) {
	for text, part := range map[string]string{
		"":                               "no connection file",
		"{":                              "no connection file",
		`{"transport":"carrier pigeon"}`: `transport "carrier pigeon"`,
		`{"shell_port":70000}`:           "no port 70000",
		`{"shell_port":"a"}`:             "no connection file",
	} {
		path := filepath.Join(t.TempDir(), "c.json")
		os.WriteFile(path, []byte(text), 0o600)
		if _, _, err := ReadConnection(path); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, _, err := ReadConnection(filepath.Join(t.TempDir(), "none.json")); !os.IsNotExist(err) {
		t.Error(err)
	}
}

func TestAnAbandonedSocketFileIsReplacedAndOneInUseIsNot(t *testing.T) {
	dir, err := os.MkdirTemp("", "w")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	c := Connection{Transport: "ipc", IP: filepath.Join(dir, "s")}
	left, err := net.ListenUnix("unix", &net.UnixAddr{Name: c.IP + "-7", Net: "unix"})
	if err != nil {
		t.Skip("no Unix sockets here:", err)
	}
	left.SetUnlinkOnClose(false)
	left.Close()
	port := 7
	l, err := c.listen(&port)
	if err != nil {
		t.Fatal("the file of a killed kernel is in the way:", err)
	}
	defer l.Close()
	if info, _ := os.Stat(c.IP + "-7"); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if second, err := c.listen(&port); err == nil {
		second.Close()
		t.Error("a socket in use was taken over")
	}
	free := 0
	other, err := c.listen(&free)
	if err != nil || free == 0 {
		t.Fatal(free, err)
	}
	other.Close()
	os.WriteFile(c.IP+"-9", []byte("precious"), 0o600)
	port = 9
	if _, err := c.listen(&port); err == nil {
		t.Error("a file that is no socket was replaced")
	}
}
