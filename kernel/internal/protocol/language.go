package protocol

// CompleteRequest asks what can stand at a cursor (complete_request).
type CompleteRequest struct {
	Code   string `json:"code"`
	Cursor *int   `json:"cursor_pos"` // in code points; nil: the end of Code
}

// CompleteReply lists matches, best first; Start and End are code points of the request's code.
type CompleteReply struct {
	Status   string         `json:"status"`
	Matches  []string       `json:"matches"`
	Start    int            `json:"cursor_start"`
	End      int            `json:"cursor_end"`
	Metadata map[string]any `json:"metadata"`
}

// TypedMatch is one element of a complete_reply's metadata "_jupyter_types_experimental", in the order of its matches.
type TypedMatch struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"`
	Signature string `json:"signature"`
}

// InspectRequest asks what stands at a cursor (inspect_request).
type InspectRequest struct {
	Code   string `json:"code"`
	Cursor *int   `json:"cursor_pos"` // in code points; nil: the end of Code
	Detail int    `json:"detail_level"`
}

// InspectReply describes it as a MIME bundle.
type InspectReply struct {
	Status   string         `json:"status"`
	Found    bool           `json:"found"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
}

// IsCompleteRequest asks whether code is ready to run (is_complete_request).
type IsCompleteRequest struct {
	Code string `json:"code"`
}

// IsCompleteReply answers "complete", "incomplete", "invalid" or "unknown"; Indent belongs to "incomplete".
type IsCompleteReply struct {
	Status string `json:"status"`
	Indent string `json:"indent"`
}
