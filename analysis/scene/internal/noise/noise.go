// Package noise makes the smooth noise that simulated ground and water are painted with: the same for a seed on every run.
package noise

import "math"

// Field is smooth noise over a plane, told from others by its seed: -1 to 1, about 0.35 in standard deviation.
type Field uint64

// At interpolates the values of the four whole places around x and y; k tells layers of one field apart.
func (f Field) At(x, y float64, k uint64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	u, v := ease(x-fx), ease(y-fy)
	i, j := int64(fx), int64(fy)
	return (f.Point(i, j, k)*(1-u)+f.Point(i+1, j, k)*u)*(1-v) + (f.Point(i, j+1, k)*(1-u)+f.Point(i+1, j+1, k)*u)*v
}

// Point is the random value of a whole place.
func (f Field) Point(i, j int64, k uint64) float64 {
	h := uint64(f)*0x9E3779B97F4A7C15 + uint64(i)*0xBF58476D1CE4E5B9 + uint64(j)*0x94D049BB133111EB + k*0xD6E8FEB86659FD93
	h ^= h >> 31
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 29
	h *= 0x94D049BB133111EB
	h ^= h >> 32
	return float64(h>>11)/(1<<52) - 1
}

func ease(v float64) float64 { return v * v * (3 - 2*v) }
