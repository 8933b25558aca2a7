package sighting

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sightline-osint/sightline/analysis/table"
)

// form is how the cell of a field is written.
type form uint8

const (
	formText     form = iota
	formKey           // identifier: letters, digits, . _ -
	formList          // texts separated by "; "
	formKeys          // identifiers separated by ";"
	formNumber        // finite decimal number
	formTime          // year, month, day, or time with offset
	formReport        // year, month, day, or two of them with "/" between
	formURL           // address with http or https
	formHash          // SHA-256 in hexadecimal digits
	formLanguage      // language tag
)

// field binds a column of a CSV file to a part of a record of type T and says what may stand there.
type field[T any] struct {
	name     string
	form     form
	required bool // no empty cell and no reason code
	reason   bool // no empty cell, but a reason code will do
	words    []Word
	ref      string // resource whose key this is
	min, max float64
	above    bool // min itself is excluded
	unit     string
	doc      string
	at       func(*T) any // *string, *[]string, *Num, *table.Stamp
}

func (f field[T]) limited() bool { return f.min != 0 || f.max != 0 || f.above }

var (
	hashForm     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	languageForm = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`)
)

var keyForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._\-]*$`)

// parse puts a cell into its part of a record. An empty cell or a reason code leaves it zero.
func (f field[T]) parse(p any, cell string) error {
	if cell == "" || isReason(cell) {
		return nil
	}
	switch p := p.(type) {
	case *string:
		*p = cell
	case *[]string:
		*p = split(cell)
	case *Num:
		v, err := parseNumber(cell)
		if err != nil {
			return err
		}
		*p = N(v)
	case *table.Stamp:
		s, err := table.ParseStamp(cell)
		if err != nil {
			return errors.New(strings.TrimPrefix(err.Error(), fmt.Sprintf("table: %q: ", cell)))
		}
		*p = s
	}
	return nil
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

func parseNumber(cell string) (float64, error) {
	if !plainNumber.MatchString(cell) {
		switch strings.ToLower(strings.Trim(cell, "+-")) {
		case "nan", "inf", "infinity":
			return 0, errors.New("not a finite number")
		}
		return 0, errors.New("not a decimal number (write 1200 or 0.5)")
	}
	if strings.Trim(cell, "-0.") == "" && cell[0] == '-' {
		return 0, errors.New("zero has no sign (write 0)")
	}
	if digits := strings.Trim(strings.ReplaceAll(cell, ".", ""), "-0"); len(digits) > 15 {
		return 0, fmt.Errorf("%d digits are more than a number can keep exactly", len(digits))
	}
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, errors.New("not a finite number")
	}
	return v, nil
}

func split(cell string) []string {
	parts := strings.Split(cell, ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// format writes a part of a record as a cell.
func (f field[T]) format(p any) string {
	switch p := p.(type) {
	case *string:
		return *p
	case *[]string:
		if f.form == formKeys {
			return strings.Join(*p, ";")
		}
		return strings.Join(*p, "; ")
	case *Num:
		return p.String()
	case *table.Stamp:
		if p.T.IsZero() {
			return ""
		}
		return p.String()
	}
	return ""
}

// check says what is wrong with a cell that could be parsed: a rule and a cause, empty if nothing is.
func (f field[T]) check(p any, cell string) (rule, cause string) {
	switch {
	case cell == "" && (f.required || f.reason):
		if f.reason {
			return "required", "empty without a reason code (such as " + reasons[0].Value + ")"
		}
		return "required", "must not be empty"
	case isReason(cell) && f.required:
		return "required", "a reason code does not do here"
	case cell == "" || isReason(cell):
		return "", ""
	case strings.HasPrefix(cell, "[") && strings.HasSuffix(cell, "]"):
		return "reason", "not one of the reason codes " + list(reasons)
	case strings.TrimSpace(cell) != cell:
		return "space", "begins or ends with a space"
	}
	if len(f.words) > 0 && !slices.ContainsFunc(f.words, func(w Word) bool { return w.Value == cell }) {
		return "vocabulary", "not one of " + list(f.words)
	}
	switch f.form {
	case formKey:
		if !keyForm.MatchString(cell) {
			return "key", "an identifier has letters, digits, '.', '_' and '-' only"
		}
	case formKeys:
		for _, k := range *(p.(*[]string)) {
			if !keyForm.MatchString(k) {
				return "key", fmt.Sprintf("%q is no identifier", k)
			}
		}
	case formNumber:
		return f.checkNumber(p.(*Num).Value)
	case formReport:
		if _, _, err := reportSpan(cell); err != nil {
			return "time", err.Error()
		}
	case formURL:
		if u, err := url.Parse(cell); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(cell, " \t\n") {
			return "form", "no address (write https://example.org/page)"
		}
	case formHash:
		if !hashForm.MatchString(cell) {
			return "form", "no SHA-256: 64 digits of 0 to 9 and a to f"
		}
	case formLanguage:
		if !languageForm.MatchString(cell) {
			return "form", "no language tag (write ko, en or zh-Hant)"
		}
	}
	return "", ""
}

func (f field[T]) checkNumber(v float64) (rule, cause string) {
	switch {
	case !f.limited():
	case f.above && v <= f.min:
		return "range", fmt.Sprintf("must be above %g", f.min)
	case v < f.min:
		return "range", fmt.Sprintf("must be at least %g", f.min)
	case f.max > f.min && v > f.max:
		return "range", fmt.Sprintf("must be at most %g", f.max)
	}
	return "", ""
}

func list(words []Word) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Value
	}
	return strings.Join(out, ", ")
}

// reportSpan reads the date of a report: one date, or the first and the last of several.
func reportSpan(cell string) (first, last table.Stamp, err error) {
	a, b, two := strings.Cut(cell, "/")
	if strings.Count(cell, "/") > 1 || two && len(a) < 4 {
		two, a = false, cell
	}
	if first, err = table.ParseStamp(a); err != nil {
		return first, last, trimCause(err)
	}
	if !two {
		return first, first, nil
	}
	if last, err = table.ParseStamp(b); err != nil {
		return first, last, trimCause(err)
	}
	return first, last, nil
}

func trimCause(err error) error {
	s := err.Error()
	if i := strings.Index(s, "\": "); i >= 0 {
		s = s[i+3:]
	}
	return errors.New(s)
}
