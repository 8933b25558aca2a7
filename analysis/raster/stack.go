package raster

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// Stack opens files that hold one band each, as the archives deliver them, as one image. The bands keep the names the
// files have; Name is what the file names have in common.
//
// Different sizes, types, places or missing values give an error that names the file.
func Stack(paths ...string) (*Image, error) {
	if len(paths) == 0 {
		return nil, fmt.Errorf("raster: a stack of no files")
	}
	parts := make([]*Image, 0, len(paths))
	fail := func(err error) (*Image, error) {
		for _, p := range parts {
			p.Close()
		}
		return nil, err
	}
	for _, path := range paths {
		m, err := Open(path)
		if err != nil {
			return fail(err)
		}
		parts = append(parts, m)
	}
	out := *parts[0]
	out.Bands, out.overviews, out.Warnings = nil, nil, nil
	s := &stacked{}
	for i, m := range parts {
		if m.Width != out.Width || m.Height != out.Height || m.Kind != out.Kind || m.Geo.Transform != out.Geo.Transform || m.Geo.CRS.EPSG != out.Geo.CRS.EPSG {
			return fail(&FormatError{File: paths[i], Cause: fmt.Sprintf("%v does not fit %v", m, parts[0])})
		}
		if m.NoData != out.NoData && (m.NoData == m.NoData || out.NoData == out.NoData) {
			return fail(&FormatError{File: paths[i], Tag: tagGDALNoData.String(), Cause: fmt.Sprintf("missing is %v here and %v in %s", m.NoData, out.NoData, paths[0])})
		}
		for b := range m.Bands {
			band := m.Bands[b]
			if band.Name == "" {
				band = describe(m.Sensor, strings.TrimSuffix(filepath.Base(paths[i]), filepath.Ext(paths[i])))
			}
			out.Bands = append(out.Bands, band)
			s.parts, s.bands = append(s.parts, m), append(s.bands, b)
		}
		out.Warnings = append(out.Warnings, m.Warnings...)
	}
	out.Name = common(paths)
	out.src = s
	return &out, nil
}

// common returns what base names begin with in common, without a dangling separator.
func common(paths []string) string {
	base := filepath.Base(paths[0])
	out := base
	for _, p := range paths[1:] {
		p = filepath.Base(p)
		for !strings.HasPrefix(p, out) {
			out = out[:len(out)-1]
		}
	}
	if len(paths) > 1 {
		out = strings.TrimSuffix(strings.TrimRight(out, "_-. 0123456789"), "_B")
	}
	if out == "" {
		return base
	}
	return out
}

// stacked is a source whose bands come from several images.
type stacked struct {
	parts []*Image
	bands []int
}

func (s *stacked) block() (width, height int) { return s.parts[0].Block() }

func (s *stacked) Close() error {
	var errs []error
	for _, p := range s.parts {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

func (s *stacked) read(w Window, bands []int, dst []any) error {
	for i, b := range bands {
		if err := s.parts[b].ReadInto(w, []int{s.bands[b]}, dst[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}
