package change_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/internal/golden"
	"github.com/sightline-osint/sightline/analysis/raster"
)

// two returns the small pair in testdata.
func two() (before, after *raster.Image) {
	before, err := raster.Open("testdata/before.tif")
	if err != nil {
		log.Fatal(err)
	}
	after, err = raster.Open("testdata/after.tif")
	if err != nil {
		log.Fatal(err)
	}
	return before, after
}

// seen is what the last example showed, for the gallery.
var seen []golden.View

// look shows a value as a cell does that ends with it.
func look(caption string, value any) {
	seen = append(seen, golden.Look(caption, value))
}

func show(score *change.Score, err error) {
	if err != nil {
		log.Fatal(err)
	}
	look(score.Method, score)
	fmt.Printf("%s: %.1f %% changed\n", score.Method, 100*score.Share())
}

func ExampleMagnitude() {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{Normalise: change.ZScore})
	show(score, err)
	fmt.Println(score)
	// Output:
	// CVA magnitude: 5.8 % changed
	// CVA magnitude of after.tif (2023-10-06) against before.tif (2023-09-24)
	// bands green red nir, normalisation z-score, shift 0.00, 0.00 px (quality 0.72, 1 of 1 tiles)
	// 5.83 % of 4320 pixels above 0.4639 (otsu) in standard deviations; left out: 0 missing, 0 ignored
}

func ExampleAngle() {
	before, after := two()
	show(change.Angle(before, after, change.Options{}))
	// Output: CVA angle: 5.9 % changed
}

func ExampleDifference() {
	before, after := two()
	show(change.Difference(before, after, change.Options{Threshold: change.ByRosin}))
	// Output: difference: 2.8 % changed
}

func ExampleRatio() {
	before, after := two()
	show(change.Ratio(before, after, change.Options{Threshold: change.ByKMeans}))
	// Output: ratio: 36.3 % changed
}

func ExampleNormalisedDifference() {
	before, after := two()
	show(change.NormalisedDifference(before, after, change.Options{}))
	// Output: normalised difference: 33.2 % changed
}

func ExampleLogRatio() {
	before, after := two()
	show(change.LogRatio(before, after, change.Options{Smooth: 3, Threshold: change.ByKittler}))
	// Output: SAR log-ratio: 7.8 % changed
}

func ExampleMAD() {
	before, after := two()
	show(change.MAD(before, after, change.Options{}))
	// Output: MAD: 20.6 % changed
}

func ExampleIRMAD() {
	before, after := two()
	score, err := change.IRMAD(before, after, change.Options{})
	show(score, err)
	fmt.Println(score.Warnings)
	// Output:
	// IR-MAD: 5.8 % changed
	// [the correlations did not settle in 22 rounds]
}

func ExamplePCAKMeans() {
	before, after := two()
	show(change.PCAKMeans(before, after, change.Options{Normalise: change.PseudoInvariant}))
	// Output: PCA-kmeans: 6.3 % changed
}

func ExampleSSIM() {
	before, after := two()
	show(change.SSIM(before, after, change.Options{}))
	// Output: SSIM: 11.9 % changed
}

func ExampleNDVI() {
	before, after := two()
	show(change.NDVI(before, after, change.Options{}))
	// Output: NDVI change: 6.1 % changed
}

func ExampleNDWI() {
	before, after := two()
	show(change.NDWI(before, after, change.Options{}))
	// Output: NDWI change: 22.2 % changed
}

func ExampleDNBR() {
	before, after := two()
	before.Rename("green", "swir2", "nir") // pretend, to show the call
	after.Rename("green", "swir2", "nir")
	show(change.DNBR(before, after, change.Options{}))
	// Output: dNBR: 6.1 % changed
}

// magnitude returns the score of the pair that thresholds are shown with.
func magnitude() *change.Score {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{Normalise: change.ZScore, Smooth: 3})
	if err != nil {
		log.Fatal(err)
	}
	return score
}

func ExampleOtsu() {
	score := magnitude()
	cut, err := change.Otsu(score.Plane.Pix)
	changed := score.Above(cut)
	fmt.Printf("%.2f %v %v\n", cut, err, changed)
	look("scores", score.Plane)
	look("above Otsu's threshold", changed)
	// Output: 0.67 <nil> 244 of 72 x 60 pixels marked
}

func ExampleKMeans() {
	score := magnitude()
	cut, err := change.KMeans(score.Plane.Pix)
	changed := score.Above(cut)
	fmt.Printf("%.2f %v %v\n", cut, err, changed)
	look("scores", score.Plane)
	look("above the threshold of k-means", changed)
	// Output: 0.68 <nil> 244 of 72 x 60 pixels marked
}

func ExampleRosin() {
	score := magnitude()
	cut, err := change.Rosin(score.Plane.Pix)
	changed := score.Above(cut)
	fmt.Printf("%.2f %v %v\n", cut, err, changed)
	look("scores", score.Plane)
	look("above Rosin's threshold", changed)
	// Output: 0.25 <nil> 328 of 72 x 60 pixels marked
}

func ExampleKittlerIllingworth() {
	score := magnitude()
	cut, err := change.KittlerIllingworth(score.Plane.Pix)
	changed := score.Above(cut)
	fmt.Printf("%.2f %v %v\n", cut, err, changed)
	look("scores", score.Plane)
	look("above Kittler's and Illingworth's threshold", changed)
	// Output: 0.26 <nil> 326 of 72 x 60 pixels marked
}

// What each normalisation leaves of the difference between the dates.
func ExampleNormalisation() {
	before, after := two()
	for _, n := range []change.Normalisation{change.AsIs, change.ZScore, change.HistogramMatch, change.PseudoInvariant} {
		score, err := change.Magnitude(before, after, change.Options{Normalise: n})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %.1f %% changed\n", n, 100*score.Share())
		look(string(n), score.Plane)
	}
	// Output:
	// none: 45.7 % changed
	// z-score: 5.8 % changed
	// histogram match: 5.8 % changed
	// pseudo-invariant: 5.8 % changed
}

func ExampleAUC() {
	truth := raster.Mask{Width: 4, Height: 1, Bits: []uint8{0, 0, 1, 1}}
	fmt.Println(change.AUC(raster.Plane{Width: 4, Height: 1, Pix: []float32{1, 3, 2, 4}}, truth))
	// Output: 0.75
}

func ExampleSimilarity() {
	before, after := two()
	a, _ := before.Plane(before.All(), 0)
	b, _ := after.Plane(after.All(), 0)
	similarity := change.Similarity(a, b, 7, 4000)
	fmt.Printf("%.2f\n", similarity.At(60, 30))
	look("green, before", a)
	look("green, after", b)
	look("similarity", similarity)
	// Output: 0.94
}

func ExampleBy() {
	before, after := two()
	show(change.By("ir-mad", before, after, change.Options{}))
	// Output: IR-MAD: 5.8 % changed
}

func ExampleMethods() {
	fmt.Println(change.Methods())
	// Output: [angle difference dnbr ir-mad log-ratio mad magnitude ndvi ndwi normalised-difference pca-kmeans ratio ssim]
}

func ExampleStreamed() {
	fmt.Println(change.Streamed())
	// Output: [angle difference dnbr ir-mad log-ratio mad magnitude ndvi ndwi normalised-difference pca-kmeans ratio ssim]
}

func ExampleToFile() {
	before, after := two()
	dir, err := os.MkdirTemp("", "change")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "score.tif")
	score, err := change.ToFile(context.Background(), before, after, path, change.MethodMagnitude, change.Options{}, raster.WriteOptions{Overviews: true})
	show(score, err)
	written, err := raster.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer written.Close()
	fmt.Println(written)
	// Output:
	// CVA magnitude: 45.7 % changed
	// score.tif: 72 x 60, 1 × float32, EPSG:32652, 10.00 x 10.00 m, 2023-10-06
}

func ExampleMagnitudeUint16() {
	before, after := [][]uint16{{10, 10, 0}, {10, 10, 7}}, [][]uint16{{10, 13, 9}, {10, 14, 7}}
	score := make([]float32, 3)
	err := change.MagnitudeUint16(score, before, after, 0)
	fmt.Println(score, err)
	// Output: [0 5 NaN] <nil>
}

func ExampleMagnitudeOtsuUint16() {
	before, after := [][]uint16{{10, 10, 10, 10}}, [][]uint16{{10, 11, 40, 41}}
	score := make([]float32, 4)
	cut, err := change.MagnitudeOtsuUint16(score, before, after, -1)
	fmt.Println(score, cut > 1 && cut < 30, err)
	// Output: [0 1 30 31] true <nil>
}

// The picture shows both dates and the score beside each other; a notebook shows it by itself.
func ExampleScore_Picture() {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{Normalise: change.ZScore})
	if err != nil {
		log.Fatal(err)
	}
	look("", score.Picture())
	fmt.Println(score.Picture().Bounds())
	for mime := range score.SimpleRender() {
		fmt.Println(mime)
	}
	// Unordered output:
	// (0,0)-(2288,628)
	// text/plain
	// image/png
}

func ExampleScore_Changed() {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{Normalise: change.ZScore})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(score.Changed().Count(), score.Above(1).Count())
	look("above the score's own threshold", score.Changed())
	look("above 1", score.Above(1))
	// Output: 252 241
}

func ExampleScore_Image() {
	before, after := two()
	score, err := change.NDVI(before, after, change.Options{})
	if err != nil {
		log.Fatal(err)
	}
	m, err := score.Image() // for raster.Write
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m)
	fmt.Println(m.Tags["CHANGE_METHOD"], m.Tags["CHANGE_SHIFT"])
	look("", m)
	// Output:
	// change: 72 x 60, 1 × float32, EPSG:32652, 10.00 x 10.00 m, 2023-10-06
	// NDVI change shift -0.05, 0.00 px (quality 0.40, 1 of 1 tiles)
}

func ExampleScore_Share() {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{Normalise: change.ZScore})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.1f %% above Otsu's threshold, %d pixels above 1\n", 100*score.Share(), score.Above(1).Count())
	// Output: 5.8 % above Otsu's threshold, 241 pixels above 1
}

func ExampleScore_Tags() {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{})
	if err != nil {
		log.Fatal(err)
	}
	tags := score.Tags() // they go into the file with the scores
	fmt.Println(tags["CHANGE_METHOD"], "of", tags["CHANGE_AFTER"], "against", tags["CHANGE_BEFORE"])
	// Output: CVA magnitude of after.tif against before.tif
}

func ExampleScore_Render() {
	before, after := two()
	score, err := change.Magnitude(before, after, change.Options{})
	if err != nil {
		log.Fatal(err)
	}
	shown := score.Render() // what a cell shows that ends with score
	picture := shown.Data["image/png"].([]byte)
	fmt.Printf("%q\n%v\n", picture[1:4], shown.Metadata["image/png"])
	// Output:
	// "PNG"
	// map[height:314 width:1144]
}
