package scene

import "math"

// texture is smooth noise over the ground, the same at every resolution: -1 to 1, about 0.35 in standard deviation.
type texture struct{ seed uint64 }

// at sums noise of three wavelengths, the shortest in metres; shorter ones than two pixels are left out.
func (t texture) at(x, y, shortest, gsd float64) float64 {
	var sum, weight float64
	for k, amplitude := range []float64{0.5, 0.7, 1} {
		wave := shortest * math.Pow(4, float64(k))
		weight += amplitude
		if wave >= 2*gsd {
			sum += amplitude * t.smooth(x/wave, y/wave, uint64(k))
		}
	}
	return sum / weight
}

// smooth interpolates random values at whole numbers.
func (t texture) smooth(x, y float64, k uint64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	ease := func(v float64) float64 { return v * v * (3 - 2*v) }
	u, v := ease(x-fx), ease(y-fy)
	p := func(i, j float64) float64 { return t.point(int64(fx+i), int64(fy+j), k) }
	return (p(0, 0)*(1-u)+p(1, 0)*u)*(1-v) + (p(0, 1)*(1-u)+p(1, 1)*u)*v
}

// point is a random value of a whole position, -1 to 1.
func (t texture) point(i, j int64, k uint64) float64 {
	h := t.seed*0x9E3779B97F4A7C15 + uint64(i)*0xBF58476D1CE4E5B9 + uint64(j)*0x94D049BB133111EB + k*0xD6E8FEB86659FD93
	h ^= h >> 31
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 29
	h *= 0x94D049BB133111EB
	h ^= h >> 32
	return float64(h>>11)/(1<<52) - 1
}
