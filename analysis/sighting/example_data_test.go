package sighting_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/sightline-osint/sightline/analysis/sighting"
)

func load() *sighting.Dataset {
	d, err := sighting.Load("../../datasets/korea-russia-border")
	if err != nil {
		log.Fatal(err)
	}
	return d
}

func ExampleLoad() {
	border, err := sighting.Load("../../datasets/korea-russia-border")
	fmt.Println(border, err)
	// Output: korea-russia-border 1.0.0: 70 sources, 15 places, 98 looks, 119 sightings, 33 claims <nil>
}

func ExampleValidate() {
	fmt.Println(len(sighting.Validate("../../datasets/korea-russia-border")), "findings")
	for _, f := range sighting.Validate("nowhere") {
		fmt.Println(f)
	}
	// Output:
	// 0 findings
	// datapackage.json: no such file or directory (package)
}

func ExampleSelection_At() {
	fmt.Println(load().At("tumangang").Trains())
	fmt.Println(load().At("pyongyang").Trains().Err() != nil)
	// Output:
	// at tumangang, of train: 45 looks, 28 sightings, 1 claims
	// true
}

func ExampleSelection_Before() {
	s := load().At("tumangang").Before("2023-09-13").By("KBS")
	fmt.Println(s.Short().Select("id", "when", "how much", "length"))
	// Output:
	// id     when               how much       length
	// X-030  before 2023-08-21  27 railcars    20 m
	// X-031  before 2023-08-21  10 railcars    6 m
	// X-032  before 2023-08-21  13 containers  ·
	// 3 rows × 4 columns, 1 missing value (·); from sightings.csv
	// note: before 2023-09-13: 2 looks, 2 sightings reach over an end or have no sure date and are left out
}

func ExampleSelection_Conflicts() {
	for _, c := range load().On("2022-11-18").Conflicts() {
		fmt.Println(c)
	}
	// Output:
	// conflict CG-WH
	//   VOA (seen): 2022-11-18, train, 5 railcars
	//   White House (said): 2022-11-18, railcar, 5 railcars
}

func ExampleDataset_Chain() {
	c, err := load().Chain("X-050")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c)
	// Output:
	// step  who                   wording               drift                      id
	//    0  CSIS Beyond Parallel  about 73 railcars     ·                          X-050
	//    1  Meduza                at least 73 railcars  "about" became "at least"  X-050-1
	//    1  rd.nl                 at least 73 railcars  "about" became "at least"  X-050-2
	//    1  Kyiv Independent      at most 73 railcars   "about" became "at most"   X-050-3
	// 4 rows × 5 columns, 1 missing value (·)
}

func ExampleDataset_Distance() {
	d, err := load().Distance("tumangang_freight_yard", "khasan_station")
	fmt.Println(d, err)
	// Output:
	// tumangang_freight_yard to khasan_station:
	//   about 1000 m in a straight line (stated, X-003)
	//   about 4000 m along the track (stated, X-003) <nil>
}

func ExampleResolveDate() {
	for _, words := range []string{"the 24th of last month", "since the end of last month", "recently"} {
		fmt.Println(sighting.ResolveDate(words, "2023-10-10"))
	}
	// Output:
	// 2023-09-24 <nil>
	// about 2023-09-21 to 2023-10-10 <nil>
	// date unknown sighting: "recently" is not understood as a relative date
}

func ExampleDataset_Redact() {
	shared, err := load().Redact(sighting.Redaction{Drop: []string{"note"}, DatesTo: "month"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(shared.Sightings[0].Time, shared.Sightings[0].LookID)
	// Output: 2023-09 look-0009
}

func ExampleDiff() {
	before, after := load(), load()
	after.Sightings[7].Qty.Best = sighting.N(6)
	fmt.Print(sighting.Diff(before, after))
	// Output: sightings S1-08: changed qty: "5" -> "6"
}

func ExampleInit() {
	dir, err := os.MkdirTemp("", "sightline")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	d, err := sighting.Init(dir, sighting.Meta{Name: "my-yard", Version: "0.1.0", Licence: "CC-BY-4.0"})
	if err != nil {
		log.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	fmt.Println(d)
	fmt.Println(len(files), "files")
	// Output:
	// my-yard 0.1.0: 0 sources, 0 places, 0 looks, 0 sightings, 0 claims
	// 8 files
}

func ExampleSelection_Export() {
	if err := load().On("2022-11-04").Of("railcar").By("38 North").Export(os.Stdout, "sources", "bibtex"); err != nil {
		log.Fatal(err)
	}
	// Output:
	// @misc{src-003-38north-org,
	//   author = {{38 North; Reuters/Taipei Times (seed 2); 38 North}},
	//   url = {https://www.38north.org/2022/11/first-traffic-observed-on-north-korea-russia-railway-link-in-several-years/},
	//   year = {2022},
	//   month = nov,
	//   note = {read excerpt}
	// }
	// @misc{src-004-ibtimes-com,
	//   author = {{38 North; Reuters/Taipei Times (seed 2)}},
	//   url = {https://www.ibtimes.com/satellite-images-show-traffic-north-korea-russia-rail-link-amid-us-covert-arms-deal-accusations-3632855},
	//   year = {2022},
	//   month = nov,
	//   note = {read excerpt}
	// }
}

func ExampleDataset_Provenance() {
	p := load().Provenance()
	fmt.Println(p.Name, p.Version, p.Licence, p.Sources["read_excerpt"], "pages read in excerpts;", len(p.ManifestSHA256), "digits")
	fmt.Println(strings.Contains(p.String(), "SHA-256 of SHA256SUMS"))
	// Output:
	// korea-russia-border 1.0.0 CC-BY-4.0 66 pages read in excerpts; 64 digits
	// true
}
