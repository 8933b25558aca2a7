package protocol

// ShutdownRequest ends the kernel (shutdown_request); with Restart the front end starts it again.
type ShutdownRequest struct {
	Restart bool `json:"restart"`
}

// ShutdownReply is sent before the kernel ends, to the asker and on iopub.
type ShutdownReply struct {
	Status  string `json:"status"`
	Restart bool   `json:"restart"`
}

// Done is the content of replies that carry nothing but success (interrupt_reply).
type Done struct {
	Status string `json:"status"`
}

// UsageReply is what the kernel and its host use (usage_reply). Fractions of processors are percentages, memory is bytes.
type UsageReply struct {
	Status        string         `json:"status"`
	Hostname      string         `json:"hostname"`
	PID           int            `json:"pid"`
	KernelCPU     float64        `json:"kernel_cpu"`
	KernelMemory  uint64         `json:"kernel_memory"`
	HostCPU       *float64       `json:"host_cpu_percent,omitempty"`
	CPUCount      int            `json:"cpu_count"`
	VirtualMemory map[string]any `json:"host_virtual_memory,omitempty"`
}
