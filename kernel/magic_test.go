package kernel_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/interp/echo"
	"github.com/sightline-osint/sightline/kernel/internal/kerneltest"
)

func TestMagicLinesRunInOrderWithGo(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	t.Chdir(t.TempDir())
	os.Mkdir("sub dir", 0o700)
	r := c.Execute("say one\n%env SIGHTLINE_TEST_COLOUR=red\n%cd 'sub dir'\nsay four")
	wd, _ := os.Getwd()
	want(t, "stdout", r.Stream("stdout"), "oneSIGHTLINE_TEST_COLOUR=red\n"+wd+"\nfour")
	want(t, "directory", filepath.Base(wd), "sub dir")
	want(t, "variable", os.Getenv("SIGHTLINE_TEST_COLOUR"), "red")
	want(t, "%env NAME", c.Execute("%env SIGHTLINE_TEST_COLOUR").Stream("stdout"), "red\n")
	os.Unsetenv("SIGHTLINE_TEST_COLOUR")
}

func TestWhoListsAndResetForgets(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	c.Execute("set train 225 m\nset yard Tumangang")
	want(t, "%who", c.Execute("%who").Stream("stdout"), "NAME   TYPE    VALUE\ntrain  string  225 m\nyard   string  Tumangang\n")
	want(t, "%who WORD", c.Execute("%who rai").Stream("stdout"), "NAME   TYPE    VALUE\ntrain  string  225 m\n")
	c.Execute("%reset")
	want(t, "%who", c.Execute("%who").Stream("stdout"), "no variables\n")
}

func TestTimeShowsTheValueAndHowLongItTook(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.Execute("%time 7 cars")
	wantTypes(t, r, "execute_input", "stream", "execute_result")
	if !regexp.MustCompile(`^took [0-9.e+]+ (ns|µs|ms|s)\n$`).MatchString(r.Stream("stdout")) {
		t.Errorf("%q", r.Stream("stdout"))
	}
	want(t, "value", r.Output[2].Data("text/plain"), "7 cars")
	want(t, "an error", c.Execute("%time fail E x").Reply.Text("ename"), "E")
	want(t, "%%time", c.Execute("%%time\nsay a\nsay b").Stream("stdout")[:2], "ab")
	r = c.Execute("%timeit -n 3 -r 2 set n 1")
	if !strings.HasSuffix(r.Stream("stdout"), "per loop (mean ± standard deviation of 2 runs of 3 loops)\n") {
		t.Errorf("%q", r.Stream("stdout"))
	}
}

func TestHelpListsWhatNeedsNoImport(t *testing.T) {
	c := goClient(t)
	page := c.Execute("%help").Reply.Content["payload"].([]any)[0].(map[string]any)
	text := page["data"].(map[string]any)["text/plain"].(string)
	for _, part := range []string{"%timeit", "must[T any](v T, err error) T", "stops the cell if err is not nil", "Display(v)", "Markdown", "NewProgress"} {
		if !strings.Contains(text, part) {
			t.Errorf("%%help lacks %q:\n%s", part, text)
		}
	}
	if testing.Verbose() {
		t.Log(text)
	}
}

func TestHelpAndQuestionsOpenThePager(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	for code, part := range map[string]string{"%help": "%timeit", "?show": "show is a word of echo", "show??": "see the package documentation", "%help show": "show is a word", "%help %cd": "change the working directory"} {
		r := c.Execute(code)
		payload := r.Reply.Content["payload"].([]any)
		if len(payload) != 1 {
			t.Fatalf("%s: payload %v", code, payload)
		}
		page := payload[0].(map[string]any)
		want(t, "source", page["source"], "page")
		if text := page["data"].(map[string]any)["text/plain"].(string); !strings.Contains(text, part) {
			t.Errorf("%s says %q", code, text)
		}
	}
	want(t, "unknown name", c.Execute("?nothing").Reply.Text("ename"), "LookupError")
}

func TestAWrongMagicSaysWhatIsWrongAndWhere(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	for code, message := range map[string]string{
		"%frobnicate":              "unknown command %frobnicate (%help lists them)",
		"%tiem x":                  "unknown command %tiem, did you mean %time? (%help lists them)",
		"%bsah ls":                 "unknown command %bsah, did you mean %%bash? (%help lists them)",
		"%rep":                     "unknown command %rep, did you mean %replay? (%help lists them)",
		"%%who\nx":                 "%who takes one line: write %who instead of %%who",
		"%bash ls":                 "%%bash heads a whole cell: write it with two % signs on the cell's first line",
		"%time":                    "%time needs a statement: %time total := sum(values); %%time on the first line times the whole cell",
		"%timeit -n many x":        `%timeit -n needs a positive number, not "many"`,
		"%env SIGHTLINE_NOT_THERE": "environment variable SIGHTLINE_NOT_THERE is not set",
		"!":                        "a shell line needs a command: !ls",
	} {
		r := c.Execute("set before done\n\n" + code)
		if strings.HasPrefix(code, "%%") {
			r = c.Execute(code)
		} else if tb, _ := r.Reply.Content["traceback"].([]any); len(tb) < 2 || tb[1] != fmt.Sprintf("In[%v], line 3:", r.Reply.Content["execution_count"]) {
			t.Errorf("%s: traceback %q", code, tb)
		}
		want(t, code, r.Reply.Text("evalue"), message)
		want(t, code, r.Reply.Text("ename"), "UsageError")
	}
	want(t, "a missing directory", c.Execute("%cd /no/such/place").Reply.Text("ename"), "*fs.PathError")
}

func TestShellCommandsStreamFailAndCanBeInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands below are a Unix shell's")
	}
	c := kerneltest.Start(t, echo.New()).Client(t)
	r := c.Execute("!echo out; echo err >&2; exit 3")
	want(t, "status", r.Reply.Text("status"), "ok")
	want(t, "stdout", r.Stream("stdout"), "out\n")
	want(t, "stderr", r.Stream("stderr"), "err\n[exit status 3]\n")
	want(t, "$", c.Execute("$printf '%s' \"$((6*7))\"").Stream("stdout"), "42")
	r = c.Execute("%%bash a b\necho \"$2 $1\"\nfalse\nexit 4")
	want(t, "%%bash", r.Stream("stdout"), "b a\n")
	want(t, "ename", r.Reply.Text("ename"), "*exec.ExitError")
	want(t, "evalue", r.Reply.Text("evalue"), "%%bash: exit status 4")

	id := c.Send("shell", "execute_request", map[string]any{"code": "!echo started; sleep 1000 & wait"})
	c.Await("the command to run", func(m kerneltest.Message) bool { return m.Text("text") == "started\n" })
	c.Ask("control", "interrupt_request", map[string]any{})
	want(t, "ename", c.Reply("shell", id).Text("ename"), "Interrupt")
}

func TestMagicsAndFilesAreCompleted(t *testing.T) {
	c := kerneltest.Start(t, echo.New()).Client(t)
	t.Chdir(t.TempDir())
	os.WriteFile("sightings.csv", nil, 0o600)
	os.Mkdir("images", 0o700)
	os.WriteFile("images/two.tif", nil, 0o600)
	for code, matches := range map[string][]any{
		"%ti":                         {"%time", "%timeit"},
		"%%ti":                        {"%%time", "%%timeit"},
		"say a\n%%b":                  {},
		"%cd ":                        {"images/"},
		`d := table.Load("sig`:        {"sightings.csv"},
		`d := raster.Open(ctx, "im`:   {"images/"},
		`d := os.ReadFile("images/`:   {"images/two.tif"},
		`sighting.Load[T](ctx, "im`:   {"images/"},
		`d := os.ReadFile("nowhere/x`: {},
		`fmt.Println("sig`:            {},
	} {
		want(t, code, c.Ask("shell", "complete_request", map[string]any{"code": code}).Content["matches"], any(append([]any{}, matches...)))
	}
	m := c.Ask("shell", "inspect_request", map[string]any{"code": "%timeit x", "cursor_pos": 3})
	want(t, "found", m.Content["found"], true)
}
