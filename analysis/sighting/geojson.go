package sighting

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/paulmach/orb/geojson"
)

// WriteGeoJSON writes the sightings as a feature collection (RFC 7946): one feature a sighting, absences included, with all
// known fields as properties. The geometry is the position of the place, or of the place it is part of, with accuracy_m and
// position_of beside it; null where no position is known.
func (s *Selection) WriteGeoJSON(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	look := s.d.lookByID()
	fields := sightingFields()
	fc := geojson.NewFeatureCollection()
	for _, x := range s.Sightings {
		f := geojson.NewFeature(nil)
		f.ID = x.ID
		for _, fl := range fields {
			if v := jsonValue(fl.at(x), fl.format(fl.at(x))); v != nil {
				f.Properties[fl.name] = v
			}
		}
		f.Properties["occurrenceStatus"] = x.Status
		if l := look[x.LookID]; l != nil {
			f.Properties["place_id"] = l.PlaceID
			if l.STACID != "" {
				f.Properties["stac_id"] = l.STACID
			}
			if at, ok := s.d.Locate(l.PlaceID); ok {
				f.Geometry = at.Point
				f.Properties["accuracy_m"], f.Properties["position_of"] = at.AccuracyM, at.Of
			}
		}
		fc.Append(f)
	}
	raw, err := json.MarshalIndent(fc, "", " ")
	if err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	_, err = w.Write(append(raw, '\n'))
	return err
}

// jsonValue is a part of a record as JSON has it; nil if it is empty.
func jsonValue(p any, text string) any {
	switch p := p.(type) {
	case *Num:
		if p.Known {
			return p.Value
		}
		return nil
	case *[]string:
		if len(*p) > 0 {
			return *p
		}
		return nil
	}
	if text == "" {
		return nil
	}
	return text
}

// WriteCSV writes the sightings of the selection as CSV, with the columns of Table.
func (s *Selection) WriteCSV(w io.Writer) error { return s.Table().WriteCSV(w) }

// STACItems are the ids of the STAC items of the looks, each with its look; looks without one are left out.
func (s *Selection) STACItems() map[string]string {
	out := map[string]string{}
	for _, l := range s.Looks {
		if l.STACID != "" {
			out[l.ID] = l.STACID
		}
	}
	return out
}

// WithSTAC links looks to STAC items: item ids or addresses by look id. Unknown looks and empty ids are an error; nothing is
// changed then.
func (d *Dataset) WithSTAC(items map[string]string) error {
	at := d.lookByID()
	for look, id := range items {
		if at[look] == nil {
			return fmt.Errorf("sighting: there is no look %q", look)
		}
		if id == "" {
			return fmt.Errorf("sighting: look %q: the id of a STAC item is empty", look)
		}
	}
	for look, id := range items {
		at[look].STACID = id
	}
	return nil
}
