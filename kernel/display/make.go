package display

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"net/http"
	"os"
	"strings"
)

// MakeData is a bundle of one representation. For text, text/plain is the same text; for binary content it is a short
// description.
func MakeData(mimeType string, data any) Data {
	d := Data{Data: MIMEMap{mimeType: data}}
	if mimeType != MIMETypeText {
		d.Data[MIMETypeText] = plain(mimeType, data)
	}
	return d
}

// MakeData3 is a bundle of one representation and the text for front ends that show only text.
func MakeData3(mimeType string, plaintext string, data any) Data {
	return Data{Data: MIMEMap{MIMETypeText: plaintext, mimeType: data}}
}

// MIME is a bundle of the given content and metadata, both by MIME type.
func MIME(data, metadata MIMEMap) Data { return Data{Data: data, Metadata: metadata} }

// HTML shows a piece of HTML. Scripts and styles in it run only in notebooks that the reader trusts.
func HTML(html string) Data { return MakeData(MIMETypeHTML, html) }

// JavaScript runs a script, in notebooks that the reader trusts.
func JavaScript(javascript string) Data { return MakeData(MIMETypeJavaScript, javascript) }

// JSON shows a JSON object as a tree.
func JSON(object map[string]any) Data { return MakeData(MIMETypeJSON, object) }

// Markdown shows formatted text.
func Markdown(markdown string) Data { return MakeData(MIMETypeMarkdown, markdown) }

// Latex shows LaTeX within the line; the surrounding dollar signs may be left out.
func Latex(latex string) Data {
	return MakeData3(MIMETypeLatex, latex, "$"+strings.Trim(latex, "$")+"$")
}

// Math shows a LaTeX formula on a line of its own; the surrounding dollar signs may be left out.
func Math(latex string) Data {
	return MakeData3(MIMETypeLatex, latex, "$$"+strings.Trim(latex, "$")+"$$")
}

// JPEG shows an encoded JPEG picture.
func JPEG(jpeg []byte) Data { return MakeData(MIMETypeJPEG, jpeg) }

// PNG shows an encoded PNG picture.
func PNG(png []byte) Data { return MakeData(MIMETypePNG, png) }

// PDF shows an encoded PDF document.
func PDF(pdf []byte) Data { return MakeData(MIMETypePDF, pdf) }

// SVG shows a vector drawing. The bundle carries it as an image inside HTML as well, since front ends drop bare SVG
// from notebooks that the reader does not trust.
func SVG(svg string) Data {
	d := MakeData(MIMETypeSVG, svg)
	d.Data[MIMETypeHTML] = `<img alt="drawing" style="max-width:100%" src="data:image/svg+xml;base64,` + base64String([]byte(svg)) + `">`
	return d
}

// Image shows a picture as PNG. A picture that cannot be encoded becomes a bundle with the error as text.
func Image(img image.Image) Data {
	d, err := picture(img)
	if err != nil {
		return MakeData(MIMETypeText, "picture: "+err.Error())
	}
	return d
}

// File shows a file's content; with an empty MIME type, the type is found from the content. It panics if the file
// cannot be read, as gophernotes does: the cell then fails with the error.
func File(mimeType string, path string) Data {
	b, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return Any(mimeType, b)
}

// Any shows data as the given MIME type. data may be a string, []byte, io.Reader or io.WriterTo with the content, in
// which case an empty MIME type means that it is found from the content; anything else is rendered by Render.
func Any(mimeType string, data any) Data {
	switch x := data.(type) {
	case string:
		if mimeType == "" {
			mimeType = MIMETypeText
		}
		return MakeData(mimeType, x)
	case []byte:
		return content(mimeType, x)
	}
	if d, ok := asked(data); ok {
		return complete(d, data)
	}
	var b []byte
	var err error
	switch x := data.(type) {
	case io.Reader:
		b, err = io.ReadAll(x)
	case io.WriterTo:
		var buf bytes.Buffer
		_, err = x.WriteTo(&buf)
		b = buf.Bytes()
	default:
		return Render(data)
	}
	if err != nil {
		return Render(err)
	}
	return content(mimeType, b)
}

// Auto is Any with the MIME type found from the content.
func Auto(data any) Data { return Any("", data) }

// content is a bundle of bytes of a known or yet unknown MIME type.
func content(mimeType string, b []byte) Data {
	if mimeType == "" {
		mimeType = sniff(b)
	}
	if (mimeType == MIMETypeJSON || strings.HasSuffix(mimeType, "+json")) && json.Valid(b) {
		return MakeData3(mimeType, string(b), json.RawMessage(b))
	}
	if isText(mimeType) {
		if mimeType == MIMETypeSVG {
			return SVG(string(b))
		}
		return MakeData(mimeType, string(b))
	}
	return MakeData(mimeType, b)
}

// sniff finds the MIME type of content, without parameters such as the character set.
func sniff(b []byte) string {
	head := b[:min(len(b), 512)]
	if i := bytes.Index(head, []byte("<svg")); i >= 0 && bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
		return MIMETypeSVG
	}
	t, _, _ := strings.Cut(http.DetectContentType(b), ";")
	return t
}

func isText(mimeType string) bool {
	return strings.HasPrefix(mimeType, "text/") || mimeType == MIMETypeSVG || mimeType == MIMETypeJavaScript ||
		mimeType == MIMETypeLatex
}

// plain is the text/plain beside content of another type.
func plain(mimeType string, data any) string {
	switch x := data.(type) {
	case string:
		return cut(x, 64<<10) // who reads text does not read a whole page of markup
	case []byte:
		if c, _, err := image.DecodeConfig(bytes.NewReader(x)); err == nil {
			return fmt.Sprintf("%s, %d × %d pixels", mimeType, c.Width, c.Height)
		}
		return fmt.Sprintf("%s, %s bytes", mimeType, count(len(x)))
	}
	return Text(data)
}
