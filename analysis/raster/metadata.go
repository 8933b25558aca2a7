package raster

import (
	"encoding/xml"
	"math"
	"sort"
	"strconv"
	"strings"
)

type gdalItem struct {
	Name   string `xml:"name,attr"`
	Sample string `xml:"sample,attr,omitempty"`
	Role   string `xml:"role,attr,omitempty"`
	Value  string `xml:",chardata"`
}

type gdalMetadata struct {
	XMLName xml.Name   `xml:"GDALMetadata"`
	Items   []gdalItem `xml:"Item"`
}

// GDAL escapes the text of an item before it puts it into XML, where it is escaped again.
var (
	escape   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	unescape = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&quot;", `"`)
)

// metadata returns the items of the GDAL_METADATA tag, the bands' names, and the colours that it says they show, "" where
// it leaves that to other tags; damaged XML is a warning.
func (d *directory) metadata(bands int) (items map[string]string, names, colours []string, warning string) {
	items, names, colours = map[string]string{}, make([]string, bands), make([]string, bands)
	for _, t := range []tag{tagDescription, tagSoftware, tagDateTime} {
		if s := strings.TrimSpace(d.text(t)); s != "" {
			items["TIFFTAG_"+map[tag]string{tagDescription: "IMAGEDESCRIPTION", tagSoftware: "SOFTWARE", tagDateTime: "DATETIME"}[t]] = s
		}
	}
	s := d.text(tagGDALMetadata)
	if s == "" {
		return items, names, colours, ""
	}
	var m gdalMetadata
	if err := xml.Unmarshal([]byte(s), &m); err != nil {
		return items, names, colours, tagGDALMetadata.String() + ": " + err.Error()
	}
	for _, it := range m.Items {
		i, err := strconv.Atoi(it.Sample)
		switch {
		case it.Sample == "":
			items[it.Name] = unescape.Replace(it.Value)
		case err == nil && i >= 0 && i < bands && (it.Role == "description" || it.Name == "DESCRIPTION"):
			names[i] = unescape.Replace(it.Value)
		case err == nil && i >= 0 && i < bands && it.Role == "colorinterp":
			colours[i] = strings.ToLower(it.Value)
		}
	}
	return items, names, colours, ""
}

// noData returns the GDAL_NODATA value, NaN when there is none; a value that is no number is a warning.
func (d *directory) noData() (v float64, warning string) {
	s := strings.TrimSpace(d.text(tagGDALNoData))
	if s == "" {
		return math.NaN(), ""
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN(), tagGDALNoData.String() + ": " + strconv.Quote(s) + " is no number"
	}
	return v, ""
}

// metadataXML returns the GDAL_METADATA text for tags and band names, empty when there is nothing to say.
// TIFFTAG_ items have tags of their own and are left out.
func metadataXML(tags map[string]string, bands []Band) string {
	var m gdalMetadata
	var names []string
	for n := range tags {
		if !strings.HasPrefix(n, "TIFFTAG_") {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	for _, n := range names {
		m.Items = append(m.Items, gdalItem{Name: n, Value: escape.Replace(tags[n])})
	}
	for i, b := range bands {
		if b.Name != "" {
			m.Items = append(m.Items, gdalItem{Name: "DESCRIPTION", Sample: strconv.Itoa(i), Role: "description", Value: escape.Replace(b.Name)})
		}
	}
	if len(m.Items) == 0 {
		return ""
	}
	out, err := xml.MarshalIndent(m, "", "  ")
	if err != nil {
		return ""
	}
	return string(out) + "\n"
}
