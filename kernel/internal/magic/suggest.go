package magic

import "strings"

// suggest is ", did you mean %name?" for a command that was probably meant by name, or "".
func (t Table) suggest(name string) string {
	best, at := "", 3 // edits; a third of the name at most
	for _, c := range t {
		d := edits(name, c.Name)
		if strings.HasPrefix(c.Name, name) && len(name) > 1 {
			d = min(d, 1)
		}
		if d < at && 3*d <= max(len(name), 3) {
			best, at = c.Name, d
		}
	}
	if best == "" {
		return ""
	}
	c, _ := t.Lookup(best)
	mark := "%"
	if c.Body {
		mark = "%%"
	}
	return ", did you mean " + mark + best + "?"
}

// edits is how many letters have to be changed, added, removed or swapped with their neighbour to get from a to b.
func edits(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
