package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb/geojson"
)

// jsonLine is one line of JSON and what it holds.
type jsonLine struct {
	line  int
	text  []byte
	keys  []string
	value map[string]json.RawMessage
	cause string // that it is no object
	twice []string
}

// readJSONLine takes an object apart. A key that stands twice keeps its first value and is named.
func readJSONLine(line int, text []byte) jsonLine {
	out := jsonLine{line: line, text: text, value: map[string]json.RawMessage{}}
	if !utf8.Valid(text) {
		out.cause = notUTF8
		return out
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	fail := func(err error) jsonLine {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errors.New("it ends too early")
		}
		out.cause = "not a JSON object: " + err.Error()
		return out
	}
	open, err := dec.Token()
	if err != nil {
		return fail(err)
	}
	if open != json.Delim('{') {
		return fail(errors.New("it does not begin with {"))
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fail(err)
		}
		name, _ := key.(string) // the decoder has refused anything else
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return fail(err)
		}
		if _, twice := out.value[name]; twice {
			out.twice = append(out.twice, name)
			continue
		}
		out.keys, out.value[name] = append(out.keys, name), v
	}
	if _, err := dec.Token(); err != nil {
		return fail(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return fail(errors.New("something follows the object"))
	}
	return out
}

// jsonKind narrows the kinds that suit the values of one key.
type jsonKind struct {
	texts, numbers, bools, shapes, others int
	notInt, notTime                       bool
}

func (k *jsonKind) see(v json.RawMessage) {
	switch v[0] {
	case 'n': // null
	case '"':
		k.texts++
		var s string
		err := json.Unmarshal(v, &s)
		_, _, prec, cause := scanStamp([]byte(s))
		k.notTime = k.notTime || err != nil || cause != "" || prec == Year
	case 't', 'f':
		k.bools++
	case '{':
		if g, err := geojson.UnmarshalGeometry(v); err == nil && g.Geometry() != nil {
			k.shapes++
		} else {
			k.others++
		}
	case '[':
		k.others++
	default:
		_, whole := parseInt(v)
		_, cause := parseFloat(v)
		if whole != "" && cause != "" || len(v) > 18 && whole == "" { // more digits than are certain to be kept
			k.others++
			return
		}
		k.numbers++
		k.notInt = k.notInt || whole != ""
	}
}

// kind is the kind that suits all values; mixed says that none does but their text.
func (k *jsonKind) kind() (kind Kind, mixed bool) {
	switch all := k.texts + k.numbers + k.bools + k.shapes + k.others; {
	case all == 0:
		return Text, false
	case k.texts == all && !k.notTime:
		return Time, false
	case k.texts == all:
		return Text, false
	case k.numbers == all && !k.notInt:
		return Int, false
	case k.numbers == all:
		return Float, false
	case k.bools == all:
		return Bool, false
	case k.shapes == all:
		return Geometry, false
	}
	return Text, true
}

// sniffJSON finds the columns of some lines, in the order in which they appear, and which of them hold values of several
// kinds or nested ones.
func sniffJSON(lines []jsonLine) (s Schema, mixed map[string]bool, notes []string) {
	kinds := map[string]*jsonKind{}
	var names []string
	for _, l := range lines {
		if l.cause != "" {
			continue
		}
		for _, name := range l.keys {
			if kinds[name] == nil {
				kinds[name] = &jsonKind{}
				names = append(names, name)
			}
			kinds[name].see(l.value[name])
		}
	}
	mixed = map[string]bool{}
	var kept []string
	for _, name := range names {
		kind, several := kinds[name].kind()
		s = append(s, Field{Name: name, Kind: kind})
		if several {
			mixed[name] = true
			kept = append(kept, fmt.Sprintf("%q", name))
		}
	}
	notes = append(notes, "kinds found by reading, not declared: "+s.String())
	if len(kept) > 0 {
		notes = append(notes, "values of several kinds, or with values inside, are kept as JSON text: "+strings.Join(kept, ", "))
	}
	return s, mixed, notes
}
