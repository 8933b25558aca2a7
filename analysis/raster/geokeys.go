package raster

import (
	"fmt"
	"math"
	"strings"
)

// GeoKeys that are read and written; the names are those of OGC GeoTIFF 1.1.
const (
	keyModelType  = 1024
	keyRasterType = 1025
	keyCitation   = 1026
	keyGeographic = 2048
	keyAngular    = 2054
	keyProjected  = 3072
	keyProjCite   = 3073
	keyProjection = 3074
	keyUnits      = 3076
	userDefined   = 32767
)

// geo reads where a directory's image lies. Odd keys are no error: the warnings say what was made of them.
func (d *directory) geo() (g Geo, warnings []string, err error) {
	g.Transform = Identity()
	if g.CRS, warnings, err = d.crs(); err != nil {
		return g, warnings, err
	}
	scale, err := d.floats(tagPixelScale)
	if err != nil {
		return g, warnings, err
	}
	tie, err := d.floats(tagTiepoint)
	if err != nil {
		return g, warnings, err
	}
	matrix, err := d.floats(tagTransformation)
	if err != nil {
		return g, warnings, err
	}
	used := tagTransformation
	switch {
	case len(matrix) >= 16:
		g.Transform = Affine{matrix[0], matrix[1], matrix[3], matrix[4], matrix[5], matrix[7]}
	case len(scale) >= 2 && len(tie) >= 6:
		used = tagPixelScale
		g.Transform = Affine{A: scale[0], E: -scale[1]}
		x, y := g.Transform.Map(tie[0], tie[1])
		g.Transform.C, g.Transform.F = tie[3]-x, tie[4]-y
		if len(tie) > 6 {
			warnings = append(warnings, fmt.Sprintf("%v: only the first of %d tie points is used", tagTiepoint, len(tie)/6))
		}
	case len(tie) >= 6:
		warnings = append(warnings, fmt.Sprintf("%v: ground control points without a pixel scale are not used", tagTiepoint))
		g.CRS = CRS{}
	default:
		g.CRS = CRS{}
		return g, warnings, nil
	}
	if !g.Transform.sound() {
		return g, warnings, d.file.fail(used, "the transform %v cannot be turned round", g.Transform)
	}
	if d.points() {
		g.Transform = g.Transform.Shift(-0.5, -0.5)
	}
	return g, warnings, nil
}

// keys returns the GeoKeys with short values, and the texts.
func (d *directory) keys() (short map[int]int, text map[int]string, err error) {
	short, text = map[int]int{}, map[int]string{}
	if !d.has(tagGeoKeys) {
		return short, text, nil
	}
	v, err := d.ints(tagGeoKeys)
	if err != nil {
		return short, text, err
	}
	ascii := d.text(tagGeoASCII)
	for i := 4; i+4 <= len(v) && (i-4)/4 < int(v[3]); i += 4 {
		key, where, n, at := int(v[i]), tag(v[i+1]), int(v[i+2]), int(v[i+3])
		switch where {
		case 0:
			short[key] = at
		case tagGeoASCII:
			if at <= len(ascii) && n <= len(ascii)-at {
				text[key] = strings.TrimRight(ascii[at:at+n], "|\x00")
			}
		}
	}
	return short, text, nil
}

// points reports whether coordinates belong to pixel centres.
func (d *directory) points() bool {
	short, _, err := d.keys()
	return err == nil && short[keyRasterType] == 2
}

func (d *directory) crs() (CRS, []string, error) {
	short, text, err := d.keys()
	if err != nil {
		return CRS{}, nil, err
	}
	c := CRS{Name: text[keyCitation]}
	if c.Name == "" {
		c.Name = text[keyProjCite]
	}
	switch short[keyModelType] {
	case 1:
		c.EPSG = short[keyProjected]
		if p := short[keyProjection]; (c.EPSG == 0 || c.EPSG == userDefined) && p/100 >= 160 && p/100 <= 161 {
			c.EPSG = 32600 + p%100 + (p/100-160)*100
		}
		if unit := short[keyUnits]; unit != 0 && unit != 9001 {
			return CRS{Name: c.Name}, []string{fmt.Sprintf("projected units %d are not metres: the coordinate system is not used", unit)}, nil
		}
	case 2:
		c.EPSG = short[keyGeographic]
		if unit := short[keyAngular]; unit != 0 && unit != 9102 {
			return CRS{Name: c.Name}, []string{fmt.Sprintf("angular units %d are not degrees: the coordinate system is not used", unit)}, nil
		}
	case 0:
		return c, nil, nil
	default:
		return CRS{Name: c.Name}, []string{fmt.Sprintf("model type %d is not used", short[keyModelType])}, nil
	}
	if c.EPSG == userDefined {
		c.EPSG = 0
	}
	if !c.Known() {
		return c, []string{fmt.Sprintf("coordinate system %v %s is not known here: places and lengths on the ground cannot be worked out: reproject with gdalwarp -t_srs EPSG:326zz", c, c.Name)}, nil
	}
	return c, nil, nil
}

// keysOf returns the GeoKey directory and its texts that describe g; nil when there is nothing to say.
func (g Geo) keysOf() (short []uint16, ascii string) {
	if g.CRS.EPSG <= 0 || g.CRS.EPSG > math.MaxUint16 {
		return nil, ""
	}
	code := uint16(g.CRS.EPSG)
	name := strings.ReplaceAll(g.CRS.Name, "|", " ")
	type key struct{ id, where, n, v uint16 }
	ks := []key{{keyModelType, 0, 1, 1}, {keyRasterType, 0, 1, 1}}
	if g.CRS.Geographic() {
		ks[0].v = 2
	}
	if name != "" && len(name) < 1000 {
		ascii = name + "|"
		ks = append(ks, key{keyCitation, uint16(tagGeoASCII), uint16(len(ascii)), 0})
	}
	if g.CRS.Geographic() {
		ks = append(ks, key{keyGeographic, 0, 1, code}, key{keyAngular, 0, 1, 9102})
	} else {
		ks = append(ks, key{keyProjected, 0, 1, code}, key{keyUnits, 0, 1, 9001})
	}
	short = []uint16{1, 1, 0, uint16(len(ks))}
	for _, k := range ks {
		short = append(short, k.id, k.where, k.n, k.v)
	}
	return short, ascii
}
