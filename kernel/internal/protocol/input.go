package protocol

// InputRequest asks the front end for one line (input_request, on the stdin channel).
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"`
}

// InputReply is the line (input_reply).
type InputReply struct {
	Value string `json:"value"`
}
