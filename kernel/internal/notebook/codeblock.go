package notebook

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// codeBlocks is the option that highlights Go code in text cells.
var codeBlocks = renderer.WithNodeRenderers(util.Prioritized(codeBlock{}, 100))

// codeBlock renders fenced code.
type codeBlock struct{}

func (codeBlock) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block := n.(*ast.FencedCodeBlock)
		var code strings.Builder
		for i := range block.Lines().Len() {
			line := block.Lines().At(i)
			code.Write(line.Value(source))
		}
		text := strings.TrimRight(code.String(), "\n")
		if l := string(block.Language(source)); l == "go" || l == "golang" {
			text = highlight(text)
		} else {
			text = html.EscapeString(text)
		}
		_, err := w.WriteString("<pre><code>" + text + "</code></pre>\n")
		return ast.WalkSkipChildren, err
	})
}
