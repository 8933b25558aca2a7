package protocol

// LanguageInfo tells front ends how to colour, name and export cells.
type LanguageInfo struct {
	Name          string `json:"name"`
	Version       string `json:"version"`
	MIME          string `json:"mimetype"`
	FileExtension string `json:"file_extension"`
	PygmentsLexer string `json:"pygments_lexer"`
	CodeMirror    string `json:"codemirror_mode"`
	Exporter      string `json:"nbconvert_exporter"`
}

// HelpLink is one entry of a front end's help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// KernelInfoReply describes the kernel (kernel_info_reply).
type KernelInfoReply struct {
	Status                string       `json:"status"`
	ProtocolVersion       string       `json:"protocol_version"`
	Implementation        string       `json:"implementation"`
	ImplementationVersion string       `json:"implementation_version"`
	LanguageInfo          LanguageInfo `json:"language_info"`
	Banner                string       `json:"banner"`
	Debugger              bool         `json:"debugger"`
	HelpLinks             []HelpLink   `json:"help_links"`
	SupportedFeatures     []string     `json:"supported_features"`
}

// ConnectReply names the ports of the kernel's sockets (connect_reply).
type ConnectReply struct {
	Status  string `json:"status"`
	Shell   int    `json:"shell_port"`
	IOPub   int    `json:"iopub_port"`
	Stdin   int    `json:"stdin_port"`
	HB      int    `json:"hb_port"`
	Control int    `json:"control_port"`
}
