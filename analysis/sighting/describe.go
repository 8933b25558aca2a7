package sighting

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

func unmarshal(raw []byte, v any) error {
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	return nil
}

// The shape of datapackage.json, in the order in which it is written.
type (
	outPackage struct {
		Schema      string        `json:"$schema"`
		Name        string        `json:"name"`
		Title       string        `json:"title,omitempty"`
		Description string        `json:"description,omitempty"`
		Version     string        `json:"version,omitempty"`
		Licenses    []outLicence  `json:"licenses,omitempty"`
		Resources   []outResource `json:"resources"`
	}
	outLicence struct {
		Name  string `json:"name"`
		Path  string `json:"path,omitempty"`
		Title string `json:"title,omitempty"`
	}
	outResource struct {
		Name      string    `json:"name"`
		Path      string    `json:"path"`
		Title     string    `json:"title"`
		Type      string    `json:"type"`
		Format    string    `json:"format"`
		Mediatype string    `json:"mediatype"`
		Encoding  string    `json:"encoding"`
		Bytes     int64     `json:"bytes"`
		Hash      string    `json:"hash"`
		Schema    outSchema `json:"schema"`
	}
	outSchema struct {
		Schema        string       `json:"$schema"`
		Fields        []outField   `json:"fields"`
		MissingValues []outMissing `json:"missingValues"`
		PrimaryKey    []string     `json:"primaryKey,omitempty"`
		ForeignKeys   []outForeign `json:"foreignKeys,omitempty"`
	}
	outField struct {
		Name        string         `json:"name"`
		Type        string         `json:"type"`
		Title       string         `json:"title,omitempty"`
		Unit        string         `json:"unit,omitempty"`
		Categories  []outCategory  `json:"categories,omitempty"`
		Constraints map[string]any `json:"constraints,omitempty"`
	}
	outCategory struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
	outMissing struct {
		Value string `json:"value"`
		Label string `json:"label"`
	}
	outForeign struct {
		Fields    []string     `json:"fields"`
		Reference outReference `json:"reference"`
	}
	outReference struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
)

const stampPattern = `[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?`

// describe writes datapackage.json for a data set that has none.
func (d *Dataset) describe() []byte {
	p := outPackage{Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: d.Name, Title: d.Title,
		Description: d.Description, Version: d.Version}
	if d.Licence != "" {
		p.Licenses = []outLicence{licenceNamed(d.Licence)}
	}
	p.Resources = []outResource{
		res(resSources, "Pages and documents that were read", sourceFields(), "source_id", d),
		res(resPlaces, "Gazetteer", placeFields(), "place_id", d),
		res(resDistances, "Distances between places as sources state them", distanceFields(), "", d),
		res(resLooks, "Occasions on which a place was examined, and stated effort", lookFields(), "look_id", d),
		res(resSightings, "What was seen, and what was searched for and not there", sightingFields(), "sighting_id", d),
		res(resClaims, "What was said", claimFields(), "claim_id", d),
	}
	raw, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		panic(err) // plain structs of texts and numbers
	}
	return append(raw, '\n')
}

func licenceNamed(name string) outLicence {
	switch name {
	case "CC-BY-4.0":
		return outLicence{name, "https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International"}
	case "CC0-1.0":
		return outLicence{name, "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0 Universal"}
	}
	return outLicence{Name: name}
}

func res[T any](name, title string, fields []field[T], key string, d *Dataset) outResource {
	data := d.encode(name)
	r := outResource{Name: name, Path: name + ".csv", Title: title, Type: "table", Format: "csv", Mediatype: "text/csv",
		Encoding: "utf-8", Bytes: int64(len(data)), Hash: "sha256:" + hashOf(data)}
	r.Schema.Schema = "https://datapackage.org/profiles/2.0/tableschema.json"
	if key != "" {
		r.Schema.PrimaryKey = []string{key}
	}
	r.Schema.MissingValues = []outMissing{{"", "no value"}}
	for _, w := range reasons {
		r.Schema.MissingValues = append(r.Schema.MissingValues, outMissing(w))
	}
	sheet := d.sheets[name]
	for _, f := range fields {
		if sheet != nil && !slices.Contains(sheet.header, f.name) {
			continue
		}
		o := outField{Name: f.name, Type: "string", Title: f.doc, Unit: f.unit, Constraints: map[string]any{}}
		if f.required {
			o.Constraints["required"] = true
		}
		if f.name == key {
			o.Constraints["unique"] = true
		}
		f.describeForm(&o)
		if len(o.Constraints) == 0 {
			o.Constraints = nil
		}
		r.Schema.Fields = append(r.Schema.Fields, o)
		if f.ref != "" && f.form == formKey {
			to := outReference{Resource: f.ref, Fields: []string{strings.TrimSuffix(f.ref, "s") + "_id"}}
			if f.ref == name {
				to.Resource = ""
			}
			r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, outForeign{[]string{f.name}, to})
		}
	}
	if sheet != nil {
		r.Schema.Fields = inOrder(r.Schema.Fields, sheet.header)
	}
	return r
}

// inOrder puts the fields into the order of the file's heading; columns of the user's own are texts.
func inOrder(fields []outField, header []string) []outField {
	out := make([]outField, len(header))
	for i, h := range header {
		out[i] = outField{Name: h, Type: "string"}
		for _, f := range fields {
			if f.Name == h {
				out[i] = f
			}
		}
	}
	return out
}

func (f field[T]) describeForm(o *outField) {
	var enum []string
	for _, w := range f.words {
		label := w.Label
		if label == "" {
			label = strings.ReplaceAll(w.Value, "_", " ")
		}
		o.Categories = append(o.Categories, outCategory{w.Value, label})
		enum = append(enum, w.Value)
	}
	if enum != nil {
		o.Constraints["enum"] = enum
	}
	switch f.form {
	case formNumber:
		o.Type = "number"
		if f.limited() {
			if f.above {
				o.Constraints["exclusiveMinimum"] = f.min
			} else {
				o.Constraints["minimum"] = f.min
			}
			if f.max > f.min {
				o.Constraints["maximum"] = f.max
			}
		}
	case formTime:
		o.Constraints["pattern"] = stampPattern
	case formReport:
		o.Constraints["pattern"] = stampPattern + "(/" + stampPattern + ")?"
	case formKey:
		if enum == nil {
			o.Constraints["pattern"] = `[A-Za-z0-9][A-Za-z0-9._\-]*`
		}
	}
}
