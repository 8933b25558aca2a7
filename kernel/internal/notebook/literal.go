package notebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// literal writes a given value as a Go expression of the declared type.
func literal(d declaration, value string) (string, error) {
	kind := ""
	if d.kind != nil {
		kind = types.ExprString(d.kind)
	} else if kind = kindOf(d.value); kind == "" {
		return "", fmt.Errorf("its type cannot be told from %s; declare it as: var name type = …", types.ExprString(d.value))
	}
	return expression(kind, value)
}

// kindOf is the type of an expression as far as it can be told from its form, or "".
func kindOf(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.BasicLit:
		switch x.Kind {
		case token.INT:
			return "int"
		case token.FLOAT:
			return "float64"
		case token.STRING:
			return "string"
		case token.CHAR:
			return "rune"
		}
	case *ast.ParenExpr:
		return kindOf(x.X)
	case *ast.UnaryExpr:
		return kindOf(x.X)
	case *ast.Ident:
		if x.Name == "true" || x.Name == "false" {
			return "bool"
		}
	case *ast.CompositeLit:
		return types.ExprString(x.Type)
	case *ast.SelectorExpr:
		return selectorKind(types.ExprString(x))
	case *ast.CallExpr:
		return callKind(types.ExprString(x.Fun))
	case *ast.BinaryExpr:
		return binaryKind(x)
	}
	return ""
}

func selectorKind(name string) string {
	switch name {
	case "time.Nanosecond", "time.Microsecond", "time.Millisecond", "time.Second", "time.Minute", "time.Hour":
		return "time.Duration"
	case "math.Pi", "math.E":
		return "float64"
	}
	return ""
}

func callKind(name string) string {
	switch {
	case name == "time.Date" || name == "time.Now":
		return "time.Time"
	case name == "time.Duration" || name == "[]byte" || isBasic(name):
		return name
	}
	return ""
}

func binaryKind(x *ast.BinaryExpr) string {
	switch x.Op {
	case token.EQL, token.NEQ, token.LSS, token.GTR, token.LEQ, token.GEQ, token.LAND, token.LOR:
		return "bool"
	}
	a, b := kindOf(x.X), kindOf(x.Y)
	for _, kind := range []string{"time.Duration", "float64", a} {
		if a == kind || b == kind {
			return kind
		}
	}
	return ""
}

func isBasic(name string) bool {
	t := types.Universe.Lookup(name)
	if t == nil {
		return false
	}
	_, ok := t.Type().Underlying().(*types.Basic)
	return ok
}

// expression reads value as the Go type kind.
func expression(kind, value string) (string, error) {
	trimmed := strings.TrimSpace(value)
	no := func(what string) (string, error) { return "", fmt.Errorf("%q is not %s (%s)", value, what, kind) }
	switch kind {
	case "string":
		return strconv.Quote(value), nil
	case "bool":
		b, err := strconv.ParseBool(trimmed)
		if err != nil {
			return no("true or false")
		}
		return strconv.FormatBool(b), nil
	case "int", "int8", "int16", "int32", "int64":
		if _, err := strconv.ParseInt(trimmed, 0, bits(kind)); err != nil {
			return no(reason("a whole number", err))
		}
		return trimmed, nil
	case "uint", "uint8", "uint16", "uint32", "uint64", "byte":
		if _, err := strconv.ParseUint(trimmed, 0, bits(kind)); err != nil {
			return no(reason("a whole number from 0", err))
		}
		return trimmed, nil
	case "float32", "float64":
		return float(kind, value)
	case "rune":
		if r := []rune(value); len(r) == 1 {
			return strconv.QuoteRune(r[0]), nil
		}
		return no("one character")
	case "time.Duration":
		return duration(value)
	case "time.Time":
		return instant(value)
	}
	if element, ok := strings.CutPrefix(kind, "[]"); ok {
		return slice(kind, element, value)
	}
	return "", fmt.Errorf("a value of type %s cannot be given on the command line", kind)
}

func bits(kind string) int {
	switch strings.TrimLeft(kind, "uint") {
	case "8":
		return 8
	case "16":
		return 16
	case "32":
		return 32
	}
	if kind == "byte" {
		return 8
	}
	return 64
}

func reason(what string, err error) string {
	if errors.Is(err, strconv.ErrRange) {
		return what + " in range"
	}
	return what
}

// float writes a number so that an untyped declaration stays a float64.
func float(kind, value string) (string, error) {
	trimmed := strings.TrimSpace(value)
	x, err := strconv.ParseFloat(trimmed, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return "", fmt.Errorf("%q is not a number (%s)", value, kind)
	}
	if !strings.ContainsAny(trimmed, ".eExXpP") {
		trimmed += ".0"
	}
	return strings.TrimPrefix(trimmed, "+"), nil
}

// duration writes 90m as 90 * time.Minute.
func duration(value string) (string, error) {
	d, err := time.ParseDuration(strings.TrimSpace(value))
	if err != nil {
		return "", fmt.Errorf("%q is not a duration such as 90s or 1h30m (time.Duration)", value)
	}
	for _, unit := range []struct {
		name string
		size time.Duration
	}{{"Hour", time.Hour}, {"Minute", time.Minute}, {"Second", time.Second}, {"Millisecond", time.Millisecond}} {
		if d%unit.size == 0 {
			return fmt.Sprintf("%d * time.%s", d/unit.size, unit.name), nil
		}
	}
	return fmt.Sprintf("%d * time.Nanosecond", d), nil
}

func instant(value string) (string, error) {
	trimmed := strings.TrimSpace(value)
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04Z07:00", time.RFC3339Nano} {
		if t, err := time.Parse(layout, trimmed); err == nil {
			t = t.UTC()
			return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, time.UTC)", t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(),
				t.Second(), t.Nanosecond()), nil
		}
	}
	return "", fmt.Errorf("%q is not a date such as 2023-09-13 or 2023-09-13T10:30:00Z (time.Time)", value)
}

// slice reads a JSON list, or elements separated by commas.
func slice(kind, element, value string) (string, error) {
	items := strings.Split(value, ",")
	if trimmed := strings.TrimSpace(value); strings.HasPrefix(trimmed, "[") {
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(trimmed), &list); err != nil {
			return "", fmt.Errorf("%q is not a list (%s): %w", value, kind, err)
		}
		items = nil
		for _, raw := range list {
			var s string
			if json.Unmarshal(raw, &s) != nil {
				s = string(raw)
			}
			items = append(items, s)
		}
	} else if trimmed == "" {
		items = nil
	} else {
		for i := range items {
			items[i] = strings.TrimSpace(items[i])
		}
	}
	out := make([]string, len(items))
	for i, item := range items {
		text, err := expression(element, item)
		if err != nil {
			return "", err
		}
		out[i] = text
	}
	return kind + "{" + strings.Join(slices.Clip(out), ", ") + "}", nil
}
