package protocol

// HistoryRequest asks for earlier cells (history_request).
type HistoryRequest struct {
	Output  bool   `json:"output"`
	Raw     bool   `json:"raw"`
	Access  string `json:"hist_access_type"` // "range", "tail" or "search"
	Session int    `json:"session"`          // range: 0 is this one, negative counts back
	Start   int    `json:"start"`            // range: first line
	Stop    *int   `json:"stop"`             // range: line after the last; nil: the end
	N       *int   `json:"n"`                // tail, search: at most so many, the newest; nil: all
	Pattern string `json:"pattern"`          // search: a glob
	Unique  bool   `json:"unique"`           // search: equal cells once
}

// HistoryReply holds (session, line, input) or, with outputs, (session, line, (input, output)), oldest first.
type HistoryReply struct {
	Status  string  `json:"status"`
	History [][]any `json:"history"`
}
