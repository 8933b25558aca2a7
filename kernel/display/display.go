// Package display turns Go values into MIME bundles, the unit that Jupyter front ends show, and sends them to the cell
// that is running.
//
// A value is shown by what it can do, never by what it is called: it implements one of the interfaces of renderer.go
// (they are gophernotes' own, so libraries written for gophernotes render unchanged), or it is one of the kinds that
// Render knows (errors, pictures, times, tables, GeoJSON), or it is written out as text. Every bundle has text/plain,
// every picture has image/png, and the same value always gives the same bytes.
//
// The package imports only the standard library. Functions that need the running cell (Display, Update, ClearOutput,
// NewProgress, Steps, Context) work in a compiled program too: there they print text.
package display

// MIMEMap maps MIME types to content: string for text, []byte for binary, any JSON value for JSON types. It is an
// alias, so that a type can implement SimpleRenderer without importing this package.
type MIMEMap = map[string]any

// Data is one MIME bundle. Data holds the representations of one value, of which the front end chooses the richest it
// can show; Metadata describes them by MIME type (width and height of a picture); Transient is not saved with the
// notebook (display_id). It is an alias, so that a type can implement Renderer without importing this package.
type Data = struct {
	Data      MIMEMap
	Metadata  MIMEMap
	Transient MIMEMap
}

// MIME types of the helpers.
const (
	MIMETypeHTML       = "text/html"
	MIMETypeJavaScript = "application/javascript"
	MIMETypeJPEG       = "image/jpeg"
	MIMETypeJSON       = "application/json"
	MIMETypeGeoJSON    = "application/geo+json"
	MIMETypeLatex      = "text/latex"
	MIMETypeMarkdown   = "text/markdown"
	MIMETypePNG        = "image/png"
	MIMETypePDF        = "application/pdf"
	MIMETypeSVG        = "image/svg+xml"
	MIMETypeText       = "text/plain"
)
