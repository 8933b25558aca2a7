package kernel

import "testing"

func TestParseMemory(t *testing.T) {
	const machine = 16 << 30
	for text, want := range map[string]uint64{
		"": 12 << 30, "off": 0, "OFF": 0, "4G": 4 << 30, "4GB": 4 << 30, "4 GiB": 4 << 30, "1.5g": 3 << 29, "800M": 800 << 20,
		"100000": 100000, "50%": 8 << 30, "2t": 2 << 40, "64k": 64 << 10,
	} {
		if got, err := parseMemory(text, machine); got != want || err != nil {
			t.Errorf("%q is %d %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"-1G", "0", "much", "4X", "G", "%", "1e40", "NaN"} {
		if got, err := parseMemory(text, machine); err == nil {
			t.Errorf("%q is %d", text, got)
		}
	}
}
