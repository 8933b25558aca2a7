package table

// Kind is the type of a column's values.
type Kind uint8

// The kinds of columns.
const (
	Float    Kind = iota + 1 // float64
	Int                      // int64
	Bool                     // bool
	Text                     // text, stored once per distinct value
	Time                     // instant, offset and precision
	Geometry                 // orb.Geometry in longitude and latitude, WGS 84
)

var kindNames = [...]string{"", "float", "int", "bool", "text", "time", "geometry"}

// String is the name used in schemas and in headings.
func (k Kind) String() string {
	if int(k) < len(kindNames) && k > 0 {
		return kindNames[k]
	}
	return "unknown"
}

// KindNamed is the kind with the given name; false if there is none.
func KindNamed(name string) (Kind, bool) {
	for k, n := range kindNames {
		if n == name && n != "" {
			return Kind(k), true
		}
	}
	return 0, false
}

// Precision says how finely a time is known. The precise ones come first.
type Precision uint8

// The precisions of a time.
const (
	Nanosecond Precision = iota
	Second
	Minute
	Day
	Month
	Year
)

var precisionNames = [...]string{"nanosecond", "second", "minute", "day", "month", "year"}

// String is the precision's name, such as "day".
func (p Precision) String() string {
	if int(p) < len(precisionNames) {
		return precisionNames[p]
	}
	return "unknown"
}
