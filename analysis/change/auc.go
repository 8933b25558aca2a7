package change

import (
	"math"
	"sort"
)

// auc is the Mann-Whitney statistic by mid-ranks.
func auc(score []float32, truth []uint8) float64 {
	if len(score) != len(truth) {
		return math.NaN()
	}
	var order []int
	for i, v := range score {
		if v == v {
			order = append(order, i)
		}
	}
	sort.Slice(order, func(a, b int) bool { return score[order[a]] < score[order[b]] })
	var ranks, pos float64
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && score[order[j]] == score[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			if truth[k] != 0 {
				ranks += float64(i+j+1) / 2
				pos++
			}
		}
		i = j
	}
	neg := float64(len(order)) - pos
	if pos == 0 || neg == 0 {
		return math.NaN()
	}
	return (ranks - pos*(pos+1)/2) / (pos * neg)
}
