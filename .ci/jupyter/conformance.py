"""Jupyter's own conformance suite (jupyter_kernel_test) against the installed kernel, over tcp and over ipc.

Nothing may be skipped: a skip is a failure here. Run by `make test` (part "conformance") with JUPYTER_PATH naming the
prefix that `sightline install` wrote. Each test has a kernel process of its own.
"""
import tempfile

import jupyter_kernel_test
from jupyter_client.manager import KernelManager


class Suite(jupyter_kernel_test.KernelTests):
    __test__ = False
    transport = "tcp"

    kernel_name = "sightline"
    language_name = "go"
    file_extension = ".go"
    code_hello_world = 'import "fmt"\nfmt.Println("hello, world")'
    code_stderr = 'import ("fmt"; "os")\nfmt.Fprintln(os.Stderr, "a warning")'
    completion_samples = [
        {"text": "import \"strings\"\nstrings.ToUp", "matches": {"ToUpper", "ToUpperSpecial"}},
        {"text": "fal", "matches": {"fallthrough", "false"}},
    ]
    complete_code_samples = ["1 + 1", "x := 3", "func f() int {\n\treturn 1\n}", "for i := range 3 {\n\t_ = i\n}", "// a comment"]
    incomplete_code_samples = ["func f() int {", "for i := range 3 {", "x := []int{1,", "s := `raw", "f("]
    invalid_code_samples = ["x := )", "}", "func 3() {}"]
    code_page_something = "%help"
    code_generate_error = "panic(\"on purpose\")"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "\"a\" + \"b\"", "result": "ab"},
        {"code": "[]int{1, 2}", "result": "[1 2]"},
    ]
    code_display_data = [
        {"code": 'display.Display(display.HTML("<b>bold</b>"))', "mime": "text/html"},
        {"code": 'display.Display(display.Markdown("**bold**"))', "mime": "text/markdown"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = 'import "strings"\nstrings.ToUpper'
    code_clear_output = "display.ClearOutput(false)"

    # One process a test: nothing leaks from one to the next.
    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def setUp(self):
        self.km = KernelManager(kernel_name=self.kernel_name, transport=self.transport)
        if self.transport == "ipc":
            self.sockets = tempfile.TemporaryDirectory(prefix="k")
            self.km.ip = self.sockets.name + "/s"
        self.km.start_kernel()
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=30)

    def tearDown(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel()
        assert not self.km.is_alive()
        if self.transport == "ipc":
            self.sockets.cleanup()


class TestTCP(Suite):
    __test__ = True


class TestIPC(Suite):
    __test__ = True
    transport = "ipc"


class TestWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "sightline"
    support_iopub_welcome = True
