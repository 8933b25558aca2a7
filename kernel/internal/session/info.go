package session

import (
	"runtime"
	"strings"

	"github.com/sightline-osint/sightline/kernel/internal/protocol"
)

func kernelInfo(s *Session, r Request) (string, any, error) {
	return "kernel_info_reply", s.Info(), nil
}

// Info describes the kernel and its language, as kernel_info_reply and as the metadata of a notebook do.
func (s *Session) Info() protocol.KernelInfoReply {
	info := s.cfg.Info
	info.Status = protocol.OK
	info.ProtocolVersion = protocol.Version
	if info.Implementation == "" {
		info.Implementation = "sightline"
	}
	if info.ImplementationVersion == "" {
		info.ImplementationVersion = "devel"
	}
	version := strings.TrimPrefix(runtime.Version(), "go")
	info.LanguageInfo = protocol.LanguageInfo{
		Name: "go", Version: version, MIME: "text/x-go", FileExtension: ".go",
		PygmentsLexer: "go", CodeMirror: "go", Exporter: "script",
	}
	if info.Banner == "" {
		info.Banner = "Sightline " + info.ImplementationVersion + " - Go " + version + " for notebooks\n%help lists what is not Go."
	}
	if info.HelpLinks == nil {
		info.HelpLinks = []protocol.HelpLink{
			{Text: "Go language", URL: "https://go.dev/ref/spec"},
			{Text: "Go standard library", URL: "https://pkg.go.dev/std"},
			{Text: "Gonum plot", URL: "https://pkg.go.dev/gonum.org/v1/plot"},
		}
	}
	if info.SupportedFeatures == nil {
		info.SupportedFeatures = []string{}
	}
	return info
}
