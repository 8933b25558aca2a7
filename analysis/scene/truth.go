package scene

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/sightline-osint/sightline/analysis/raster"
)

// Truth is what a scene really holds.
type Truth struct {
	Image   string
	Taken   time.Time
	Objects []Object
}

// Object is a train, a ship or a stack of cargo.
type Object struct {
	Kind          string // "train", "ship", "cargo"
	Colour        string
	Length, Width float64 // metres
	Area          float64 // square metres of the rectangle
	X, Y          float64 // metres right and down, of the centre
	Outline       orb.Polygon
}

func (t *Truth) add(kind string, r rectangle, colour string) error {
	var ring orb.Ring
	for _, c := range r.corners() {
		p, err := place(c[0], c[1])
		if err != nil {
			return err
		}
		ring = append(ring, p)
	}
	ring = append(ring, ring[0])
	ring.Reverse() // rows run down: clockwise on the map becomes counter-clockwise
	t.Objects = append(t.Objects, Object{kind, colour, r.length, r.width, r.length * r.width, r.x, r.y, orb.Polygon{ring}})
	return nil
}

// GeoJSON returns the truth as features, each marked SIMULATED.
func (t *Truth) GeoJSON() *geojson.FeatureCollection {
	out := geojson.NewFeatureCollection()
	out.ExtraMembers = geojson.Properties{"status": "SIMULATED", "image": t.Image, "taken": t.Taken.UTC().Format(time.RFC3339)}
	for i, o := range t.Objects {
		f := geojson.NewFeature(o.Outline)
		f.ID = i + 1
		f.Properties = geojson.Properties{"status": "SIMULATED", "kind": o.Kind, "colour": o.Colour, "length_m": o.Length, "width_m": o.Width, "area_m2": o.Area}
		out.Append(f)
	}
	return out
}

// Write writes an image and its truth into a folder, as NAME.tif and NAME.truth.geojson, and returns the paths.
func Write(dir string, m *raster.Image, t *Truth) (tif, truth string, err error) {
	tif = filepath.Join(dir, m.Name)
	if err := raster.Write(tif, m, raster.WriteOptions{Compression: raster.Deflate, Tile: 256, Overviews: true}); err != nil {
		return "", "", err
	}
	b, err := json.MarshalIndent(t.GeoJSON(), "", " ")
	if err != nil {
		return "", "", fmt.Errorf("scene: %w", err)
	}
	truth = tif[:len(tif)-len(filepath.Ext(tif))] + ".truth.geojson"
	tmp := truth + ".tmp"
	if err := os.WriteFile(tmp, append(b, '\n'), 0o644); err != nil {
		return "", "", fmt.Errorf("scene: %w", err)
	}
	return tif, truth, os.Rename(tmp, truth)
}
