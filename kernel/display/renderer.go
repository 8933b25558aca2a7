package display

import "image"

// The interfaces by which a value says how it wants to be shown. They are aliases: only the method counts. A value may
// implement several; their MIME types are merged, and Renderer wins over SimpleRenderer, which wins over the rest.
type (
	// Renderer has full control: content, metadata and transient data.
	Renderer = interface{ Render() Data }
	// SimpleRenderer gives content by MIME type.
	SimpleRenderer = interface{ SimpleRender() MIMEMap }

	HTMLer       = interface{ HTML() string }
	JavaScripter = interface{ JavaScript() string }
	JPEGer       = interface{ JPEG() []byte }
	JSONer       = interface{ JSON() map[string]any }
	Latexer      = interface{ Latex() string }
	Markdowner   = interface{ Markdown() string }
	PNGer        = interface{ PNG() []byte }
	PDFer        = interface{ PDF() []byte }
	SVGer        = interface{ SVG() string }
)

// Foreign renders values of types that this package must not know, such as plots of gonum. ok is false for a value
// that is none of its business.
type Foreign = func(v any) (d Data, ok bool)

// asked is the bundle that v asks for through the interfaces above. ok is false if it implements none of them.
// A panic of one of v's methods becomes a bundle that says so.
func asked(v any) (d Data, ok bool) {
	switch v.(type) {
	case Data, Renderer, SimpleRenderer, HTMLer, JavaScripter, JPEGer, JSONer, Latexer, Markdowner, PNGer, PDFer, SVGer,
		image.Image:
	default:
		return Data{}, false
	}
	if isNil(v) {
		return Data{}, false
	}
	defer func() {
		if r := recover(); r != nil {
			d, ok = failed(v, r), true
		}
	}()
	d.Data = MIMEMap{}
	collect(&d, v)
	return d, len(d.Data) > 0
}

// collect merges what v's methods return, weakest first.
func collect(d *Data, v any) {
	if m, ok := v.(image.Image); ok {
		if x, err := picture(m); err == nil {
			merge(d, x)
		} else {
			d.Data[MIMETypeText] = err.Error()
		}
	}
	text(d, MIMETypeSVG, v, func(r SVGer) string { return r.SVG() })
	text(d, MIMETypeHTML, v, func(r HTMLer) string { return r.HTML() })
	text(d, MIMETypeJavaScript, v, func(r JavaScripter) string { return r.JavaScript() })
	text(d, MIMETypeLatex, v, func(r Latexer) string { return r.Latex() })
	text(d, MIMETypeMarkdown, v, func(r Markdowner) string { return r.Markdown() })
	binary(d, MIMETypeJPEG, v, func(r JPEGer) []byte { return r.JPEG() })
	binary(d, MIMETypePNG, v, func(r PNGer) []byte { return r.PNG() })
	binary(d, MIMETypePDF, v, func(r PDFer) []byte { return r.PDF() })
	if r, ok := v.(JSONer); ok {
		if x := r.JSON(); x != nil {
			d.Data[MIMETypeJSON] = x
		}
	}
	if r, ok := v.(SimpleRenderer); ok {
		merge(d, Data{Data: r.SimpleRender()})
	}
	if r, ok := v.(Renderer); ok {
		merge(d, r.Render())
	}
	if x, ok := v.(Data); ok {
		merge(d, x)
	}
}

func text[R any](d *Data, mime string, v any, call func(R) string) {
	if r, ok := v.(R); ok {
		if s := call(r); s != "" {
			d.Data[mime] = s
		}
	}
}

func binary[R any](d *Data, mime string, v any, call func(R) []byte) {
	if r, ok := v.(R); ok {
		if b := call(r); len(b) > 0 {
			d.Data[mime] = b
		}
	}
}

// merge adds what x holds to d and overwrites what both hold.
func merge(d *Data, x Data) {
	d.Data = join(d.Data, x.Data)
	d.Metadata = join(d.Metadata, x.Metadata)
	d.Transient = join(d.Transient, x.Transient)
}

func join(a, b MIMEMap) MIMEMap {
	if a == nil && len(b) > 0 {
		a = make(MIMEMap, len(b))
	}
	for k, v := range b {
		a[k] = v
	}
	return a
}
