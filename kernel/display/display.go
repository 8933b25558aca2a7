// Package display turns values into MIME bundles.
package display

// MIMEMap maps MIME types to content: string for text, []byte for binary, any JSON value for JSON types.
type MIMEMap = map[string]any

// Data is one MIME bundle with its metadata, the unit that front ends show.
type Data struct {
	Data      MIMEMap
	Metadata  MIMEMap
	Transient MIMEMap
}
