package protocol

import "encoding/json"

// CommOpen opens a comm (comm_open).
type CommOpen struct {
	ID     string          `json:"comm_id"`
	Target string          `json:"target_name"`
	Module string          `json:"target_module,omitempty"`
	Data   json.RawMessage `json:"data"`
}

// CommMessage carries data over an open comm (comm_msg), or closes it (comm_close).
type CommMessage struct {
	ID   string          `json:"comm_id"`
	Data json.RawMessage `json:"data"`
}

// CommInfoRequest asks for the open comms, of one target if Target is not empty (comm_info_request).
type CommInfoRequest struct {
	Target string `json:"target_name"`
}

// CommInfo is one open comm in a CommInfoReply.
type CommInfo struct {
	Target string `json:"target_name"`
}

// CommInfoReply lists open comms by id (comm_info_reply).
type CommInfoReply struct {
	Status string              `json:"status"`
	Comms  map[string]CommInfo `json:"comms"`
}
