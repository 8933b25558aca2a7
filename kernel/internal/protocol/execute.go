package protocol

// ExecuteRequest asks to run a cell (execute_request).
type ExecuteRequest struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`        // publish nothing, count nothing, store nothing
	StoreHistory    *bool             `json:"store_history"` // nil: the opposite of Silent
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      bool              `json:"allow_stdin"`
	StopOnError     bool              `json:"stop_on_error"` // an error aborts the cells that wait behind this one
}

// NewExecuteRequest returns a request with the defaults of the specification.
func NewExecuteRequest(code string) ExecuteRequest {
	return ExecuteRequest{Code: code, AllowStdin: true, StopOnError: true}
}

// Stores says whether the cell counts and enters the history.
func (r ExecuteRequest) Stores() bool {
	return !r.Silent && (r.StoreHistory == nil || *r.StoreHistory)
}

// ExecuteReply ends an execute_request. Of the two groups of fields below Count, the first belongs to Status OK, the second
// to Status Error; an aborted reply has neither.
type ExecuteReply struct {
	Status string `json:"status"`
	Count  int    `json:"execution_count"`

	Payload         []any          `json:"payload"`
	UserExpressions map[string]any `json:"user_expressions"`

	Name      string   `json:"ename,omitempty"`
	Value     string   `json:"evalue,omitempty"`
	Traceback []string `json:"traceback,omitempty"`
}

// MarshalJSON leaves out the fields that do not belong to the status, and none that does.
func (r ExecuteReply) MarshalJSON() ([]byte, error) {
	m := map[string]any{"status": r.Status, "execution_count": r.Count}
	if r.Status != Aborted {
		m["payload"], m["user_expressions"] = orEmpty(r.Payload), r.UserExpressions
		if r.UserExpressions == nil {
			m["user_expressions"] = map[string]any{}
		}
	}
	if r.Status == Error {
		m["ename"], m["evalue"], m["traceback"] = r.Name, r.Value, orEmpty(r.Traceback)
	}
	return Encode(m)
}

// orEmpty makes a nil list an empty one, which JSON writes as [] rather than null.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Page is a payload that front ends show in a pager.
type Page struct {
	Source string         `json:"source"` // "page"
	Data   map[string]any `json:"data"`
	Start  int            `json:"start"`
}

// NewPage shows a MIME bundle in the pager.
func NewPage(data map[string]any) Page { return Page{Source: "page", Data: data} }

// NextInput is a payload that puts text into the next cell.
type NextInput struct {
	Source  string `json:"source"` // "set_next_input"
	Text    string `json:"text"`
	Replace bool   `json:"replace"`
}

// ExpressionResult is the value of one user expression.
type ExpressionResult struct {
	Status   string         `json:"status"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// ExecuteInput repeats a cell to all front ends (execute_input).
type ExecuteInput struct {
	Code  string `json:"code"`
	Count int    `json:"execution_count"`
}
