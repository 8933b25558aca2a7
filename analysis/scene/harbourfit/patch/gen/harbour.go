package main

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/sightline-osint/sightline/analysis/scene"
)

// harbour returns a scene.Harbour as a port: another style than draw's, to judge a net on that never saw it.
func harbour(seed uint64, pixels int) (p *port, bands [4][]uint16, err error) {
	r := rand.New(rand.NewPCG(seed, 77))
	s := scene.Sensor{GSD: 8 + 4*r.Float64(), Blur: 0.5 + 0.1*r.Float64(), Noise: 0.001 + 0.001*r.Float64(), Haze: 0.05 * r.Float64(), Light: 0.6 + 0.6*r.Float64(), Seed: seed}
	side := float64(pixels) * s.GSD
	m, truth, err := scene.Harbour{Seed: seed, Width: side, Height: side, Ships: 4 + r.IntN(20)}.Render(s, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return nil, bands, err
	}
	for b := range bands {
		p, err := m.Plane(m.Measured, b)
		if err != nil {
			return nil, bands, err
		}
		bands[b] = make([]uint16, pixels*pixels)
		for i, v := range p.Pix {
			bands[b][i] = uint16(v)
		}
	}
	p = &port{px: s.GSD}
	p.cloud = make([]float64, pixels*pixels)
	for _, o := range truth.Objects {
		if o.Kind != "ship" {
			continue
		}
		x, y, err := m.Geo.Pixel(o.Outline[0][0])
		if err != nil {
			return nil, bands, err
		}
		u, v, err := m.Geo.Pixel(o.Outline[0][1])
		if err != nil {
			return nil, bands, err
		}
		w, z, err := m.Geo.Pixel(o.Outline[0][2])
		if err != nil {
			return nil, bands, err
		}
		b := box{(x + w) / 2 * p.px, (y + z) / 2 * p.px, math.Hypot(u-x, v-y) * p.px, math.Hypot(w-u, z-v) * p.px, math.Atan2(v-y, u-x) * 180 / math.Pi}
		if b.length < b.width {
			b.length, b.width, b.angle = b.width, b.length, b.angle+90
		}
		p.ships = append(p.ships, ship{box: b})
	}
	return p, bands, nil
}
