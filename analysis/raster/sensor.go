package raster

import (
	"regexp"
	"strings"
	"time"
)

// sensorBands lists the bands of the sensors that are known by name: name, role, centre wavelength in nanometres.
// Sources: ESA Sentinel-2 User Handbook; USGS Landsat 8-9 Data Users Handbook; Planet Imagery Product Specifications.
func sensorBands(sensor string) []Band {
	switch {
	case sensor == "Sentinel-2":
		return []Band{{"B01", "coastal", 443}, {"B02", "blue", 490}, {"B03", "green", 560}, {"B04", "red", 665},
			{"B05", "rededge1", 705}, {"B06", "rededge2", 740}, {"B07", "rededge3", 783}, {"B08", "nir", 842},
			{"B8A", "nir2", 865}, {"B09", "watervapour", 945}, {"B10", "cirrus", 1375}, {"B11", "swir1", 1610}, {"B12", "swir2", 2190}}
	case strings.HasPrefix(sensor, "Landsat"):
		return []Band{{"B1", "coastal", 443}, {"B2", "blue", 482}, {"B3", "green", 561}, {"B4", "red", 655}, {"B5", "nir", 865},
			{"B6", "swir1", 1609}, {"B7", "swir2", 2201}, {"B8", "pan", 590}, {"B9", "cirrus", 1373},
			{"B10", "thermal1", 10895}, {"B11", "thermal2", 12005}}
	case sensor == "PlanetScope":
		return []Band{{"coastal_blue", "coastal", 443}, {"blue", "blue", 490}, {"green_i", "green1", 531}, {"green", "green", 565},
			{"yellow", "yellow", 610}, {"red", "red", 665}, {"rededge", "rededge1", 705}, {"nir", "nir", 865}}
	}
	return nil
}

// roleNames are band names that say the role whatever the sensor.
var roleNames = regexp.MustCompile(`^(?i)(coastal|blue|green|red|nir|swir1|swir2|pan|vv|vh|hh|hv|alpha)$`)

// sentinelName matches names that only Sentinel-2 writes so, with a leading zero; Landsat's B10 and B11 are thermal.
var sentinelName = regexp.MustCompile(`^B(0[1-9]|8A|1[12])$`)

// describe returns the band with a name, with role and wavelength where the sensor or the name tells.
func describe(sensor, name string) Band {
	if sensor == "" && sentinelName.MatchString(name) {
		sensor = "Sentinel-2"
	}
	short := regexp.MustCompile(`^(?i)(?:sr_)?b(?:and)?_?0*(\d+a?)$`).FindStringSubmatch(name)
	for _, b := range sensorBands(sensor) {
		n := strings.TrimLeft(strings.TrimPrefix(b.Name, "B"), "0")
		if strings.EqualFold(b.Name, name) || (short != nil && strings.EqualFold(n, short[1])) {
			b.Name = name
			return b
		}
	}
	if roleNames.MatchString(name) {
		return Band{Name: name, Role: strings.ToLower(name)}
	}
	return Band{Name: name}
}

// filePatterns find sensor, day and band in the names that the archives give their files.
var filePatterns = []struct {
	sensor string
	match  *regexp.Regexp // day, then band where the name has one
}{
	{"Landsat 8", regexp.MustCompile(`^LC08_\w{4}_\d{6}_(\d{8})_\d{8}_\d{2}_\w\d(?:_(?:sr_|SR_)?([bB](?:and)?\d+))?`)},
	{"Landsat 9", regexp.MustCompile(`^LC09_\w{4}_\d{6}_(\d{8})_\d{8}_\d{2}_\w\d(?:_(?:sr_|SR_)?([bB](?:and)?\d+))?`)},
	{"Sentinel-2", regexp.MustCompile(`^T\d{2}[A-Z]{3}_(\d{8})T\d{6}_(B\d[0-9A])`)},
	{"Sentinel-2", regexp.MustCompile(`^S2[ABC]_MSIL\w{2}_(\d{8})T\d{6}`)},
	{"PlanetScope", regexp.MustCompile(`^(\d{8})_\d{6}_[0-9a-zA-Z_]*(?:AnalyticMS|Visual)`)},
}

// fromName fills sensor, day and the name of a single band from the file's name, where they are not known already.
func (m *Image) fromName(name string) {
	for _, p := range filePatterns {
		f := p.match.FindStringSubmatch(name)
		if f == nil {
			continue
		}
		if m.Sensor == "" {
			m.Sensor = p.sensor
		}
		if t, err := time.Parse("20060102", f[1]); err == nil && m.Taken.IsZero() {
			m.Taken = t
		}
		if len(f) > 2 && f[2] != "" && len(m.Bands) == 1 && m.Bands[0].Name == "" {
			m.Bands[0].Name = f[2]
		}
		break
	}
	if s := m.Tags["SENSOR"]; s != "" {
		m.Sensor = s
	}
	if m.Sensor == "PlanetScope" && m.Bands[0].Name == "" {
		switch len(m.Bands) {
		case 4:
			m.Rename("blue", "green", "red", "nir")
		case 8:
			m.Rename("coastal_blue", "blue", "green_i", "green", "yellow", "red", "rededge", "nir")
		}
	}
	for i, b := range m.Bands {
		if b.Role == "" && b.Name != "" {
			m.Bands[i] = describe(m.Sensor, b.Name)
		}
	}
}

// takenFrom reads the time of the picture from metadata items; TIFF's own DateTime says when the file was made and is
// not used.
func takenFrom(tags map[string]string) time.Time {
	for _, k := range []string{"ACQUISITION_TIME", "ACQUISITIONDATETIME", "ACQUISITION_DATE", "acquired", "DATATAKE_1_DATATAKE_SENSING_START",
		"PRODUCT_START_TIME", "DATE_ACQUIRED"} {
		for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
			if t, err := time.Parse(form, strings.TrimSpace(tags[k])); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}
