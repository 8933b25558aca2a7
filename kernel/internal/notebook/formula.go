package notebook

import (
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// formulas makes goldmark read $…$ and $$…$$ as formulas, as Jupyter does.
type formulas struct{}

func (formulas) Extend(md goldmark.Markdown) {
	md.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(formulaParser{}, 150)))
	md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(formulaRenderer{}, 150)))
}

var kindFormula = ast.NewNodeKind("Formula")

// formula is a piece of LaTeX in text.
type formula struct {
	ast.BaseInline
	tex   string
	block bool
}

func (*formula) Kind() ast.NodeKind { return kindFormula }

func (f *formula) Dump(source []byte, level int) {
	ast.DumpHelper(f, source, level, map[string]string{"tex": f.tex}, nil)
}

type formulaParser struct{}

func (formulaParser) Trigger() []byte { return []byte{'$'} }

// Parse reads a formula. As in Pandoc and JupyterLab, an opening dollar sign has no space after it and a closing one
// none before it and no digit behind it, so that prices stay prices.
func (formulaParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if strings.HasPrefix(string(line), "$$") {
		return displayed(block)
	}
	body := string(line[1:])
	for i := 0; i < len(body); i++ {
		switch {
		case body[i] == '\\':
			i++
		case body[i] == '$':
			if i == 0 || body[0] == ' ' || body[i-1] == ' ' || i+1 < len(body) && body[i+1] >= '0' && body[i+1] <= '9' {
				return nil
			}
			block.Advance(i + 2)
			return &formula{tex: body[:i]}
		}
	}
	return nil
}

// displayed reads $$…$$, which may run over several lines of a paragraph.
func displayed(block text.Reader) ast.Node {
	saved, segment := block.Position()
	block.Advance(2)
	var tex strings.Builder
	for {
		line, _ := block.PeekLine()
		if line == nil {
			block.SetPosition(saved, segment)
			return nil
		}
		if i := strings.Index(string(line), "$$"); i >= 0 {
			tex.Write(line[:i])
			block.Advance(i + 2)
			return &formula{tex: tex.String(), block: true}
		}
		tex.Write(line)
		block.AdvanceLine()
	}
}

type formulaRenderer struct{}

func (formulaRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindFormula, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f := n.(*formula); entering {
			_, err := w.WriteString(mathML(f.tex, f.block))
			return ast.WalkContinue, err
		}
		return ast.WalkContinue, nil
	})
}

// latex is text/latex output: formulas between dollar signs, and text.
func latex(s string) string {
	t := strings.TrimSpace(s)
	if body, ok := strings.CutPrefix(t, "$$"); ok {
		return mathML(strings.TrimSuffix(body, "$$"), true)
	}
	if body, ok := strings.CutPrefix(t, "$"); ok && strings.Count(t, "$") == 2 {
		return mathML(strings.TrimSuffix(body, "$"), false)
	}
	if strings.HasPrefix(t, `\begin`) || strings.HasPrefix(t, `\[`) {
		return mathML(t, true)
	}
	return "<p>" + html.EscapeString(s) + "</p>"
}
