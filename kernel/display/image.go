package display

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // so that the size of encoded pictures can be told
	_ "image/jpeg" // idem
	"image/png"
)

// maxPixels is the largest picture that is embedded as it is; larger ones are shown reduced.
const maxPixels = 4 << 20

// picture is the bundle of an image: PNG with its size in pixels as metadata. A picture of more than maxPixels is
// reduced by averaging whole blocks of pixels, and its text says so.
func picture(m image.Image) (Data, error) {
	if m == nil || isNil(m) {
		return Data{}, errors.New("no image (nil)")
	}
	b := m.Bounds()
	if b.Empty() {
		return Data{}, errors.New("the image has no pixels")
	}
	note := fmt.Sprintf("image, %d × %d pixels", b.Dx(), b.Dy())
	shown := m
	step := 1
	for (b.Dx()/step)*(b.Dy()/step) > maxPixels {
		step++
	}
	if step > 1 {
		shown = reduce(m, step)
		note += fmt.Sprintf(", shown at 1/%d", step)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, shown); err != nil {
		return Data{}, err
	}
	size := shown.Bounds()
	return Data{
		Data:     MIMEMap{MIMETypePNG: buf.Bytes(), MIMETypeText: note},
		Metadata: MIMEMap{MIMETypePNG: MIMEMap{"width": size.Dx(), "height": size.Dy()}},
	}, nil
}

// reduce averages blocks of step × step pixels.
func reduce(m image.Image, step int) image.Image {
	b := m.Bounds()
	w, h := max(1, b.Dx()/step), max(1, b.Dy()/step)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			out.SetRGBA(x, y, mean(m, b.Min.X+x*step, b.Min.Y+y*step, step))
		}
	}
	return out
}

func mean(m image.Image, x0, y0, step int) color.RGBA {
	b := m.Bounds()
	var r, g, bl, a, n uint64
	for y := y0; y < min(y0+step, b.Max.Y); y++ {
		for x := x0; x < min(x0+step, b.Max.X); x++ {
			cr, cg, cb, ca := m.At(x, y).RGBA()
			r, g, bl, a, n = r+uint64(cr), g+uint64(cg), bl+uint64(cb), a+uint64(ca), n+1
		}
	}
	if n == 0 {
		return color.RGBA{}
	}
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(bl / n >> 8), uint8(a / n >> 8)}
}

func base64String(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
