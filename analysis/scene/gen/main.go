// Command gen renders datasets/simulated-yard anew. Run it from the module's root:
//
//	go run ./analysis/scene/gen datasets/simulated-yard
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/paulmach/orb/geojson"

	"github.com/sightline-osint/sightline/analysis/scene"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write renders the three dates and the map of the tracks, which all share.
func write(dir string) error {
	views, err := scene.BorderYard()
	if err != nil {
		return err
	}
	for _, v := range views {
		if _, _, err := scene.Write(dir, v.Image, v.Truth); err != nil {
			return err
		}
	}
	tracks := geojson.NewFeatureCollection()
	tracks.ExtraMembers = geojson.Properties{"status": "SIMULATED"}
	for k := range views[0].Yard.Tracks {
		rail, err := views[0].Yard.Rail(k)
		if err != nil {
			return err
		}
		f := geojson.NewFeature(rail)
		f.ID = k
		f.Properties = geojson.Properties{"status": "SIMULATED", "track": k}
		tracks.Append(f)
	}
	b, err := json.MarshalIndent(tracks, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "tracks.geojson"), append(b, '\n'), 0o644)
}
