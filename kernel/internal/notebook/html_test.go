package notebook_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sightline-osint/sightline/kernel/internal/notebook"
)

type m = map[string]any

// page exports a notebook of the given cells.
func page(t *testing.T, p notebook.Page, cells ...any) string {
	t.Helper()
	text, err := json.Marshal(m{"nbformat": 4, "nbformat_minor": 5, "metadata": m{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Decode("dir/x.ipynb", text)
	if err != nil {
		t.Fatal(err)
	}
	out := string(n.HTML(p))
	if again := string(n.HTML(p)); again != out {
		t.Error("two exports differ")
	}
	return out
}

func text(source string) m { return m{"cell_type": "markdown", "metadata": m{}, "source": source} }

func code(source string, outputs ...any) m {
	return m{"cell_type": "code", "metadata": m{}, "source": source, "execution_count": 1, "outputs": outputs}
}

func data(bundle m) m { return m{"output_type": "display_data", "metadata": m{}, "data": bundle} }

func TestPicturesAreEmbeddedHoweverTheyAreWrittenAndMissingOnesAreNamed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"my pic.png", "fig.png", "noend"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("\x89PNG\r\n\x1a\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const embedded = `"data:image/png;base64,iVBORw0KGgo="`
	var missing []string
	p := notebook.Page{Dir: dir, Missing: func(address string) { missing = append(missing, address) }}
	for source, want := range map[string]string{
		"![a](my%20pic.png)":                    embedded,
		"![a](<my pic.png>)":                    embedded,
		"<img width=40 src='my pic.png'>":       `<img width=40 src=` + embedded,
		"text <IMG alt=\"x\" src=fig.png> text": embedded,
		"![a](fig.png?raw=true)":                embedded,
		"![a](noend)":                           embedded,
		"`<img src=\"fig.png\">`":               "&lt;img src=&quot;fig.png&quot;&gt;",
		"![a](gone.png) ![b](gone.png)":         `src="gone.png"`,
		"![a](https://example.org/a.png)":       `src="https://example.org/a.png"`,
		"text ![a](data:image/png,AA)":          `src="data:image/png,AA"`,
	} {
		if out := page(t, p, text(source)); !strings.Contains(out, want) {
			t.Errorf("%s: lacks %s", source, want)
		}
	}
	out := page(t, p, code("x", data(m{"text/html": "<b>x</b><img src=\"fig.png\">"}), data(m{"text/markdown": "![a](fig.png)"})))
	if strings.Count(out, embedded) != 2 {
		t.Error("pictures of outputs are not embedded")
	}
	slices.Sort(missing)
	if missing = slices.Compact(missing); !slices.Equal(missing, []string{"gone.png", "https://example.org/a.png"}) {
		t.Errorf("missing: %q", missing)
	}
}

func TestAPageNeedsNothingElse(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "fig.png"), []byte("PNG"), 0o644); err != nil {
		t.Fatal(err)
	}
	cell := text("# A <title> & more\n\n![a](fig.png) ![b](attachment:b.png) ![c](https://example.org/c.png) ![d](../secret.png)")
	cell["attachments"] = m{"b.png": m{"image/png": "QkI="}}
	out := page(t, notebook.Page{Dir: dir}, cell, code("x", data(m{"image/png": "QUFB\nQUFB", "text/plain": "a \"chart\""}),
		data(m{"image/svg+xml": "<svg onload=alert(1)>"})))
	for _, part := range []string{"<title>A &lt;title&gt; &amp; more</title>", `src="data:image/png;base64,UE5H"`, `src="data:image/png;base64,QkI="`,
		`src="data:image/png;base64,QUFBQUFB" alt="a &#34;chart&#34;"`, `src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+"`,
		"default-src 'none'", "x.ipynb"} {
		if !strings.Contains(out, part) {
			t.Errorf("lacks %s", part)
		}
	}
	if strings.Contains(out, "onload") {
		t.Error("the drawing's script is live")
	}
	for _, address := range regexp.MustCompile(`(?:src|href)="([^"#][^"]*)"`).FindAllStringSubmatch(out, -1) {
		if !strings.HasPrefix(address[1], "data:") && !strings.HasPrefix(address[1], "https://example.org") && address[1] != "../secret.png" {
			t.Errorf("refers to %s", address[1])
		}
	}
}

func TestThePolicyAllowsThePagesOwnScriptOnly(t *testing.T) {
	out := page(t, notebook.Page{}, code("x", data(m{"text/html": "<script>alert(1)</script>"}), data(m{"application/javascript": "alert(2)", "text/plain": "x"})))
	policy := regexp.MustCompile(`script-src '([^']*)'`).FindStringSubmatch(html.UnescapeString(out))
	scripts := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(out, -1)
	if policy == nil || len(scripts) != 2 {
		t.Fatalf("%v, %d scripts", policy, len(scripts))
	}
	sum := sha256.Sum256([]byte(scripts[1][1]))
	if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); policy[1] != want {
		t.Errorf("the policy allows %s, the page's script is %s", policy[1], want)
	}
	if !strings.Contains(out, "JavaScript, not run in this page") {
		t.Error("a script output is not shown")
	}
}

func TestOutputsAreShownAsTheyWouldBeInJupyter(t *testing.T) {
	for _, c := range []struct {
		name   string
		output m
		want   string
	}{
		{"a stream", m{"output_type": "stream", "name": "stdout", "text": []string{"a <b>\n", "c\n"}}, `<div class="output text stdout"><pre>a &lt;b&gt;` + "\nc</pre></div>"},
		{"carriage returns", m{"output_type": "stream", "name": "stdout", "text": "10 %\r100 %\rok\r\nx"}, "<pre>ok0 %\nx</pre>"},
		{"colours", m{"output_type": "stream", "name": "stderr", "text": "\x1b[1;31mred\x1b[0m plain\x1b[2K"}, `<span style="color:#c62828;font-weight:bold">red</span> plain</pre>`},
		{"an error", m{"output_type": "error", "ename": "E", "evalue": "m <x>", "traceback": []string{"E: m <x>", "In[1]:2:3"}},
			`<div class="output error"><strong>E: m &lt;x&gt;</strong><pre>In[1]:2:3</pre></div>`},
		{"HTML before pictures", data(m{"text/html": "<b>x</b>", "image/png": "QQ==", "text/plain": "p"}), `<div class="output html"><b>x</b></div>`},
		{"Markdown", data(m{"text/markdown": "*x*", "text/plain": "p"}), `<p><em>x</em></p>`},
		{"LaTeX", data(m{"text/latex": "$x_1$", "text/plain": "p"}), `<msub><mi>x</mi><mn>1</mn></msub>`},
		{"JSON", data(m{"application/json": m{"b": 1.50, "a": "<"}, "text/plain": "p"}), "<summary>JSON</summary><pre>{\n &#34;a&#34;: &#34;&lt;&#34;,\n &#34;b&#34;: 1.5\n}"},
		{"text", data(m{"text/plain": "p"}), `<div class="output text"><pre>p</pre></div>`},
		{"an unknown type", data(m{"application/x": "?", "text/plain": "p"}), `<pre>p</pre>`},
		{"a size", m{"output_type": "display_data", "metadata": m{"image/png": m{"width": 320.5}}, "data": m{"image/png": "QQ=="}}, ` width="320">`},
	} {
		if out := page(t, notebook.Page{}, code("x", c.output)); !strings.Contains(out, c.want) {
			t.Errorf("%s: lacks %s in\n%s", c.name, c.want, out[strings.Index(out, "<main>"):])
		}
	}
}

func TestTextCellsHaveTablesFormulasAndAnchors(t *testing.T) {
	out := page(t, notebook.Page{}, text("# Top\n\n## One\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n## One\n\n$$\\frac{a}{b}$$\n\nIt costs $5 and $6, or $\\unknowncommand$.\n\n### Three\n```go\nx := 1 // c\n```\n"))
	for _, part := range []string{`<h2 id="one">`, `<h2 id="one-2">`, `<a href="#three">Three</a>`, `<td style="text-align:right">2</td>`,
		`<math display="block"><semantics><mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow>`, "costs $5 and $6, or <code>\\unknowncommand</code>",
		`<span class="com">// c</span>`} {
		if !strings.Contains(out, part) {
			t.Errorf("lacks %s in\n%s", part, out[strings.Index(out, "<main>"):])
		}
	}
}

func TestCodeIsHighlightedAndKeepsItsText(t *testing.T) {
	source := "%time f()\nimport \"fmt\"\n// é <c>\nfunc f(x int) string { return fmt.Sprint(x, 1.5, 'a', nil) + `raw\n%not magic? é` }\n!ls & <x>\nbroken \" string\n/* open"
	out := page(t, notebook.Page{}, code(source))
	start := strings.Index(out, `<pre class="source"><code>`)
	block := out[start : start+strings.Index(out[start:], "</code>")]
	for _, part := range []string{`<span class="mag">%time f()`, `<span class="kw">func</span> <span class="fn">f</span>(x <span class="typ">int</span>)`,
		`<span class="com">// é &lt;c&gt;</span>`, `<span class="num">1.5</span>`, `<span class="str">&#39;a&#39;</span>`, `<span class="num">nil</span>`} {
		if !strings.Contains(block, part) {
			t.Errorf("lacks %s in\n%s", part, block)
		}
	}
	if got := html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(block, "")); got != source {
		t.Errorf("the text changed:\n%s", got)
	}
}

func TestCellsCanBeHidden(t *testing.T) {
	tagged := func(tag string) m {
		c := code("secret", m{"output_type": "stream", "name": "stdout", "text": "shown"})
		c["metadata"] = m{"tags": []string{tag}}
		return c
	}
	for tag, want := range map[string][2]bool{"x": {true, true}, "remove-input": {false, true}, "remove-output": {true, false}, "remove-cell": {false, false}} {
		out := page(t, notebook.Page{}, tagged(tag))
		if got := [2]bool{strings.Contains(out, "secret"), strings.Contains(out, "shown</pre>")}; got != want {
			t.Errorf("%s: %v", tag, got)
		}
	}
	if out := page(t, notebook.Page{}, tagged("hide-input")); !strings.Contains(out, `<details class="input">`) {
		t.Error("hide-input is open")
	}
}

func FuzzFormula(f *testing.F) {
	for _, s := range []string{`\frac{a}{b}`, `x_{1}^2`, `\left(\begin{matrix}1&2\\3\end{matrix}\right)`, `\sqrt[3]{x}`, `\text{a<b}`, `\`, `{`, `x^`, `\left`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		source, _ := json.Marshal("$$" + tex + "$$\n")
		n, err := notebook.Decode("f", []byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":"x","outputs":[{"output_type":"display_data","metadata":{},"data":{"text/latex":`+string(source)+`}}]}]}`))
		if err != nil {
			t.Skip()
		}
		n.HTML(notebook.Page{})
	})
}
