package notebook

import (
	"cmp"
	"encoding/base64"
	"html"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
)

// pictureTag matches a picture in HTML up to the end of its address.
var pictureTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(<img\b[^<>]*?\ssrc\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)`)
})

// embed puts the pictures that HTML names into it: a page holds all that it shows. Those that it cannot hold stay as they are,
// and Page.Missing is told.
func (r *writer) embed(text string, c *Cell) string {
	if !strings.Contains(text, "<img") && !strings.Contains(text, "<IMG") {
		return text
	}
	return pictureTag().ReplaceAllStringFunc(text, func(tag string) string {
		m := pictureTag().FindStringSubmatch(tag)
		address := strings.TrimSpace(html.UnescapeString(strings.Trim(m[2], `"'`)))
		if address == "" || strings.HasPrefix(address, "data:") {
			return tag
		}
		if data, ok := r.picture(address, c); ok {
			return m[1] + `"` + html.EscapeString(data) + `"`
		}
		if r.page.Missing != nil && !r.missing[address] {
			if r.missing == nil {
				r.missing = map[string]bool{}
			}
			r.missing[address] = true
			r.page.Missing(address)
		}
		return tag
	})
}

// picture is the content of a picture as an address: of an attachment of its cell, or of a file beside the notebook.
func (r *writer) picture(address string, c *Cell) (data string, ok bool) {
	if name, ok := strings.CutPrefix(address, "attachment:"); ok {
		if decoded, err := url.PathUnescape(name); err == nil && c.object.object("attachments").object(name) == nil {
			name = decoded
		}
		data := c.object.object("attachments").object(name)
		if data == nil || len(data.keys) == 0 {
			return "", false
		}
		s, ok := join(data.get(data.keys[0]))
		return "data:" + data.keys[0] + ";base64," + s, ok
	}
	if r.page.Dir == "" || strings.HasPrefix(address, "/") || strings.Contains(address, ":") {
		return "", false
	}
	name := address
	if u, err := url.Parse(address); err == nil && u.Path != "" {
		name = u.Path // without ?query, and with %20 decoded
	}
	b, err := os.ReadFile(filepath.Join(r.page.Dir, filepath.FromSlash(name)))
	if err != nil {
		return "", false
	}
	kind := cmp.Or(mime.TypeByExtension(filepath.Ext(name)), http.DetectContentType(b))
	if !strings.HasPrefix(kind, "image/") {
		return "", false
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(b), true
}
