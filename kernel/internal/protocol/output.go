package protocol

// Execution states of a status message.
const (
	Busy     = "busy"
	Idle     = "idle"
	Starting = "starting"
)

// Status says what the kernel does for the request that is its parent (status).
type Status struct {
	State string `json:"execution_state"`
}

// Stream is text on "stdout" or "stderr" (stream).
type Stream struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// DisplayData is one bundle in mid-cell, or with a display_id in Transient an update of an earlier one (display_data,
// update_display_data).
type DisplayData struct {
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Transient map[string]any `json:"transient"`
}

// ExecuteResult is the value of a cell's last expression (execute_result).
type ExecuteResult struct {
	Count     int            `json:"execution_count"`
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Transient map[string]any `json:"transient,omitempty"`
}

// ErrorOutput is a failed cell as all front ends see it (error).
type ErrorOutput struct {
	Name      string   `json:"ename"`
	Value     string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// ClearOutput empties a cell's output, with Wait when the next output comes (clear_output).
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// Welcome answers a new subscription on iopub (iopub_welcome).
type Welcome struct {
	Subscription string `json:"subscription"`
}
