// Package ais makes simulated ship positions of the shape of AIS reports, for exercises with large tables. The positions
// are SIMULATED: no ship was ever there. They are made by a seeded generator, so that equal seeds give equal files.
//
// Ships sail back and forth between two ports at a steady speed with noise, lie at berth for some hours, and fall silent for
// a while now and then. Ship numbers (MMSI) begin with 000 or 001, which no country has, so that
// none can be taken for a real ship; they begin with zeros, which readers must keep.
package ais

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
	"github.com/sightline-osint/sightline/analysis/table"
)

// Simulation describes a set of simulated positions. The zero value of a field means its default.
type Simulation struct {
	Rows  int           // positions; must be above 0
	Seed  uint64        // equal seeds give equal positions
	Ships int           // default: one for every 5,000 positions, at least 3
	Start time.Time     // of the first position, default 2023-09-01T00:00Z
	Step  time.Duration // between two positions of a ship, default one minute
}

// Schema of the file that Write makes.
func Schema() table.Schema {
	return table.Schema{{Name: "mmsi", Kind: table.Text}, {Name: "t", Kind: table.Time}, {Name: "lat", Kind: table.Float, Unit: "deg"},
		{Name: "lon", Kind: table.Float, Unit: "deg"}, {Name: "speed_kn", Kind: table.Float, Unit: "kn"}, {Name: "course_deg", Kind: table.Float, Unit: "deg"},
		{Name: "status", Kind: table.Text}, {Name: "place_id", Kind: table.Text}}
}

// header is the first line of the file.
const header = "mmsi,t,lat,lon,speed_kn,course_deg,status,place_id\n"

// port is one end of a route. The two are made-up points at sea.
type port struct {
	id       string
	lat, lon float64
}

var ports = [...]port{{"sim_port_a", 40.0, 132.0}, {"sim_port_b", 41.5, 134.0}}

type ship struct {
	mmsi   string
	from   int     // the port it left
	along  float64 // share of the way, 0 to 1
	speed  float64 // knots
	berth  int     // steps left at berth
	silent int     // steps left without reports
}

// Write writes the positions as CSV with a heading, ordered by time. It can be cancelled through the context.
func (s Simulation) Write(ctx context.Context, w io.Writer) error {
	if s.Rows <= 0 {
		return errors.New("ais: the number of rows must be above 0")
	}
	if s.Ships == 0 {
		s.Ships = max(3, s.Rows/5000)
	}
	if s.Ships < 0 || s.Ships > 1_000_000 {
		return fmt.Errorf("ais: %d ships are outside 1 to 1,000,000", s.Ships)
	}
	if s.Start.IsZero() {
		s.Start = time.Date(2023, 9, 1, 0, 0, 0, 0, time.UTC)
	}
	if s.Step == 0 {
		s.Step = time.Minute
	}
	if s.Step < time.Second {
		return fmt.Errorf("ais: a step of %v is shorter than a second", s.Step)
	}
	r := rand.New(rand.NewPCG(s.Seed, 0x5349474854))
	fleet := make([]ship, s.Ships)
	for i := range fleet {
		fleet[i] = ship{mmsi: fmt.Sprintf("0%08d", i+1), from: r.IntN(2), along: r.Float64(), speed: 8 + 6*r.Float64()}
	}
	out := bufio.NewWriterSize(w, 1<<18)
	if _, err := out.WriteString(header); err != nil {
		return fmt.Errorf("ais: %w", err)
	}
	return s.run(ctx, out, fleet, r)
}

const simulating = "simulating positions"

func (s Simulation) run(ctx context.Context, out *bufio.Writer, fleet []ship, r *rand.Rand) error {
	var line []byte
	for written, step := 0, 0; written < s.Rows; step++ {
		if err := progress.Report(ctx, int64(written), int64(s.Rows), simulating); err != nil {
			return err
		}
		at := s.Start.UTC().Add(time.Duration(step) * s.Step)
		for i := range fleet {
			if written == s.Rows {
				break
			}
			k := &fleet[i]
			k.sail(s.Step, r)
			if k.silent > 0 {
				continue
			}
			line = k.report(line[:0], at, r)
			if _, err := out.Write(line); err != nil {
				return fmt.Errorf("ais: %w", err)
			}
			written++
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("ais: %w", err)
	}
	return progress.Report(ctx, int64(s.Rows), int64(s.Rows), simulating)
}

// legNM is the length of the route in nautical miles on a sphere: small enough for a plane.
func legNM() float64 {
	dLat := (ports[1].lat - ports[0].lat) * 60
	dLon := (ports[1].lon - ports[0].lon) * 60 * math.Cos(40.75*math.Pi/180)
	return math.Hypot(dLat, dLon)
}

func (k *ship) sail(step time.Duration, r *rand.Rand) {
	if k.silent > 0 {
		k.silent--
	} else if r.IntN(2000) == 0 {
		k.silent = 30 + r.IntN(300)
	}
	if k.berth > 0 {
		k.berth--
		return
	}
	k.along += k.speed * step.Hours() / legNM()
	if k.along >= 1 {
		k.along, k.from = 0, 1-k.from
		k.berth = 60 + r.IntN(600)
	}
}

func (k *ship) report(line []byte, at time.Time, r *rand.Rand) []byte {
	a, b := ports[k.from], ports[1-k.from]
	lat := a.lat + (b.lat-a.lat)*k.along + (r.Float64()-0.5)*0.0004
	lon := a.lon + (b.lon-a.lon)*k.along + (r.Float64()-0.5)*0.0004
	speed, status, place := k.speed+(r.Float64()-0.5), "under way", ""
	course := math.Mod(math.Atan2((b.lon-a.lon)*math.Cos(40.75*math.Pi/180), b.lat-a.lat)*180/math.Pi+360, 360)
	if k.berth > 0 {
		speed, status, place = 0, "moored", a.id
	}
	line = append(append(line, k.mmsi...), ',')
	line = append(at.AppendFormat(line, "2006-01-02T15:04:05Z"), ',')
	line = append(strconv.AppendFloat(line, lat, 'f', 5, 64), ',')
	line = append(strconv.AppendFloat(line, lon, 'f', 5, 64), ',')
	line = append(strconv.AppendFloat(line, speed, 'f', 1, 64), ',')
	line = append(strconv.AppendFloat(line, course, 'f', 1, 64), ',')
	line = append(append(line, status...), ',')
	return append(append(line, place...), '\n')
}
