package sighting_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sightline-osint/sightline/analysis/sighting"
)

func ExampleDataset_At() {
	border := load()
	fmt.Println(border.PlaceIDs()[:4])
	for _, s := range []*sighting.Selection{
		border.At("tumangang"), border.Between("2023-09-13", "2023-10-31"), border.Before("2023-09-13"), border.After("2023-09-13"),
		border.On("2023-09-24"), border.Of("horse", "train"), border.Trains(), border.Ships(), border.By("VOA"), border.All(),
	} {
		looks, _, _ := strings.Cut(s.String(), "\n")
		fmt.Println(looks)
	}
	// Output:
	// [tumangang rason tumangang_freight_yard rajin_port]
	// at tumangang: 45 looks, 62 sightings, 7 claims
	// from 2023-09-13 to 2023-10-31: 19 looks, 27 sightings, 7 claims
	// before 2023-09-13: 25 looks, 28 sightings, 16 claims
	// after 2023-09-13: 61 looks, 78 sightings, 8 claims
	// on 2023-09-24: 2 looks, 7 sightings, 0 claims
	// of horse or train: 98 looks, 30 sightings, 6 claims
	// of train: 98 looks, 30 sightings, 5 claims
	// of ship: 98 looks, 34 sightings, 0 claims
	// by VOA: 60 looks, 67 sightings, 3 claims
	// everything: 98 looks, 119 sightings, 33 claims
}

func ExampleSelection_Between() {
	yard := load().At("tumangang")
	fmt.Println(len(yard.Between("2023-09-13", "2023-10-31").Looks), len(yard.On("2023-09-24").Looks), len(yard.Before("2023").Looks), len(yard.After("2023-10-06").Looks))
	fmt.Println(yard.Between("2023-09-13", "2023-10-31").Warnings())
	fmt.Println(yard.Between("2023-09-13", "2023-02-30").Err())
	fmt.Println(yard.Between("3/4/2023", "2023-10-31").Err())
	// Output:
	// 11 2 7 15
	// [from 2023-09-13 to 2023-10-31: 2 looks, 2 sightings reach over an end or have no sure date and are left out]
	// sighting: Between: table: "2023-02-30": no such day in the calendar
	// sighting: Between: table: "3/4/2023": an ambiguous date: day and month could be exchanged (write 2023-04-03)
}

func ExampleSelection_Of() {
	s := load().At("tumangang")
	fmt.Println(len(s.Trains().Sightings), len(s.Railcars().Sightings), len(s.Containers().Sightings), len(s.Ships().Sightings), len(s.Of("train", "train_or_cargo").Sightings))
	fmt.Println(s.Of("tank").Err())
	// Output:
	// 28 16 2 0 30
	// sighting: there is no object type "tank"; there are train, railcar, box_car, tank_car, ore_car, passenger_car, locomotive, maintenance_of_way_car, railcar_or_container_on_flatcar, train_or_cargo, cargo_or_container_line, cargo_pile, container, container_stack, ship, visit, voyage, trip, round_trip, image_day_with_ship, rail_traffic, rail_activity, coal_activity, passenger_service, border_closure, rail_freight, trade_volume, trade_value, refined_petroleum, china_exports_to_dprk, explosives, artillery_shells, arms, horse, vehicle, aircraft, building
}

func ExampleSelection_By() {
	fmt.Println(load().At("tumangang").By("VOA").Observed().Where(func(s *sighting.Sighting) bool { return s.Status == "absent" }))
	// Output: at tumangang, by VOA, single looks only, chosen: 19 looks, 1 sightings, 0 claims
}

func ExampleSelection_Table() {
	s := load().At("tumangang").On("2023-09-24")
	fmt.Println(s.Table().Select("sighting_id", "object_type", "qty", "unit", "len_m", "conflict_group"))
	fmt.Println(s.LookTable().Select("look_id", "observer", "provider"))
	fmt.Println(s.ClaimTable().Len(), s.SourceTable().Len(), load().PlaceTable().Len())
	// Output:
	// sighting_id  object_type              qty  unit     len_m  conflict_group
	//                                                         m
	// S1-01        cargo_pile                 ·  ·            ·  ·
	// S1-02        train                      1  train      225  CG-0924
	// S1-03        train                      1  train      110  CG-0924
	// S1-04        train                      1  train       60  CG-0924
	// X-045        cargo_or_container_line    1  line       200  CG-0924
	// X-046        cargo_or_container_line    1  line       300  CG-0924
	// X-047        railcar                    ·  railcar     20  CG-0924
	// 7 rows × 6 columns, 5 missing values (·); from sightings.csv
	// note: on 2023-09-24: 2 looks, 2 sightings, 3 claims reach over an end or have no sure date and are left out
	// look_id                                     observer             provider
	// look-tumangang_freight_yard-2023-09-24-voa  VOA                  Planet Labs
	// look-tumangang_freight_yard-2023-09-24-rfa  RFA / Chung Songhak  Planet Labs
	// 2 rows × 3 columns; from looks.csv
	// note: on 2023-09-24: 2 looks, 2 sightings, 3 claims reach over an end or have no sure date and are left out
	// 0 2 15
}

func ExampleSpan_Middle() {
	seen := map[string]bool{}
	for _, l := range load().All().Looks {
		if seen[l.Time.Precision] {
			continue
		}
		seen[l.Time.Precision] = true
		fmt.Printf("%s: %s", l.Time.Precision, l.Time)
		if from, to, known := l.Time.Bounds(); known {
			fmt.Printf("; middle %s, %v between the ends", l.Time.Middle(), to.Sub(from))
		}
		fmt.Println()
	}
	// Output:
	// range: 2023-08-26 to 2023-10-14; middle 2023-09-20, 1199h59m59.999999999s between the ends
	// month: 2024-04; middle 2024-04-16, 719h59m59.999999999s between the ends
	// day: 2023-09-24; middle 2023-09-24, 23h59m59.999999999s between the ends
	// fuzzy: about 2023-09-21 to 2023-10-10; middle 2023-10-01, 479h59m59.999999999s between the ends
	// minute: 2022-11-04T10:24+09:00; middle 2022-11-04T10:24+09:00, 59.999999999s between the ends
	// before: before 2023-08-21
	// unknown: date unknown
	// after: from 2024-02-23
}

func ExampleN() {
	q := sighting.Quantity{Low: sighting.N(5), Qualifier: "at_least", Unit: "train"}
	fmt.Println(q, sighting.N(0), sighting.Num{})
	// Output: at least 5 trains 0
}

func ExampleCounts_Searched() {
	counts, err := load().At("tumangang").CountsPerLook("train_or_cargo")
	fmt.Println(len(counts.Searched()), "looks searched for them,", counts.Table().Len(), "were made;", err)
	// Output: 3 looks searched for them, 32 were made; <nil>
}

func ExampleDataset_Conflict() {
	c, err := load().Conflict("CG-221104")
	fmt.Println(c, err)
	// Output:
	// conflict CG-221104
	//   38 North (seen): 2022-11-04T10:24+09:00, railcar, 3 railcars
	//   VOA (seen): 2022-11-03 to 2022-11-04, train, 12 railcars <nil>
}

func ExampleSelection_Chains() {
	for _, c := range load().All().Chains() {
		fmt.Println(c.Root, "drifted:", c.Drifted(), "rows:", c.Table().Len())
	}
	// Output: X-050 drifted: true rows: 4
}

func ExampleDataset_Place() {
	border := load()
	p, err := border.Place("friendship_bridge")
	at, known := p.Point()
	fmt.Println(p.Name, at, known, err)
	where, known := border.Locate("rajin_port")
	fmt.Println(where.Of, where.AccuracyM, known)
	_, err = border.Place("pyongyang")
	fmt.Println(err)
	// Output:
	// Korea-Russia Friendship Bridge [130.641056 42.415167] true <nil>
	// rason 15000 true
	// sighting: there is no place "pyongyang"; there are ["tumangang" "rason" "tumangang_freight_yard" "rajin_port" "khasan" "khasan_bridge_ru_end" "khasan_station" "khasan_tumangang_crossing" "tumangang_cargo_yard_east" "tumangang_rail_facility" "friendship_bridge" "vostochny_port" "rason_and_nampo_coal" "nampo_container_port" "sevastopol_avlita"]
}

func ExampleSelection_WriteGeoJSON() {
	s := load().At("tumangang").On("2023-09-24").Trains()
	var geo, csv strings.Builder
	fmt.Println(s.WriteGeoJSON(&geo), s.WriteCSV(&csv))
	fmt.Println(strings.Count(geo.String(), `"Feature"`), strings.Count(csv.String(), "\n"))
	// Output:
	// <nil> <nil>
	// 3 4
}

func ExampleDataset_WithSTAC() {
	border := load()
	look := border.On("2023-09-24").Looks[0].ID
	fmt.Println(border.WithSTAC(map[string]string{look: "PSScene/20230924_012345_ab"}))
	fmt.Println(border.All().STACItems()[look])
	fmt.Println(border.WithSTAC(map[string]string{"look-nowhere": "x"}))
	// Output:
	// <nil>
	// PSScene/20230924_012345_ab
	// sighting: there is no look "look-nowhere"
}

func ExampleSelection_WriteBibTeX() {
	s := load().At("tumangang").On("2023-09-24").By("VOA")
	s.WriteBibTeX(os.Stdout)
	fmt.Println(s.Cite())
	var csl strings.Builder
	fmt.Println(s.WriteCSL(&csl), strings.Count(csl.String(), `"id"`))
	// Output:
	// @misc{src-001-donga-com,
	//   author = {{Dong-A / News1 (seed 1 = machine translation); VOA via Dong-A}},
	//   url = {https://donga.com/news/amp/all/20231010/121589886/1},
	//   year = {2023},
	//   month = oct,
	//   note = {read excerpt}
	// }
	// 1. Dong-A / News1 (seed 1 = machine translation); VOA via Dong-A, 2023-10-10. https://donga.com/news/amp/all/20231010/121589886/1 (read excerpt)
	//
	// <nil> 1
}

func ExampleExportTables() {
	fmt.Println(sighting.ExportTables())
	// Output: [sightings looks claims sources places effort]
}

func ExampleExportFormats() {
	fmt.Println(sighting.ExportFormats())
	// Output: [csv geojson jsonl parquet bibtex csl]
}

func ExampleDataset_Check() {
	border := load()
	border.Sightings[0].LookID = "look-nowhere"
	for _, f := range border.Check() {
		fmt.Println(f)
	}
	// Output: sightings.csv:2: column "look_id": there is no look "look-nowhere" (foreign key)
}

func ExampleDataset_Describe() {
	fmt.Println(load().Describe().Head(5))
	// Output:
	// place                   looks  sightings  of them zeros  claims  first                   last
	// tumangang_freight_yard     38         51              3       3  2022-10-28              2024-10-21
	// rajin_port                 43         46              5       7  2022-11-08              2025-10-02
	// khasan                      0          0              0       1  ·                       ·
	// khasan_bridge_ru_end        1          1              0       0  2022-11-04T13:10+09:00  2022-11-04T13:10+09:00
	// khasan_station              4          8              0       0  2022-11-04T14:29+09:00  2024-06-17
	// 5 rows × 7 columns, 2 missing values (·)
}

func ExampleOrigin_Why() {
	s := load().Sources[0]
	fmt.Printf("%q because %q\n", s.ArchivedURL, s.Why("archived_url"))
	// Output: "" because "[not archived]"
}

func ExampleWriteTemplate() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	mine := filepath.Join(dir, "my-yard")
	fmt.Println(sighting.WriteTemplate(mine, sighting.Meta{Name: "my-yard", Version: "0.1.0"}))
	d, err := sighting.Load(mine)
	fmt.Println(d, err)
	// Output:
	// <nil>
	// my-yard 0.1.0: 0 sources, 0 places, 0 looks, 0 sightings, 0 claims <nil>
}

func ExampleSeal() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	sighting.WriteTemplate(dir, sighting.Meta{Name: "my-yard", Version: "0.1.0"})
	f, _ := os.OpenFile(filepath.Join(dir, "places.csv"), os.O_APPEND|os.O_WRONLY, 0)
	fmt.Fprintln(f, "yard,My yard,yard,,,,,,[not coded],")
	f.Close()
	for _, found := range sighting.Validate(dir) {
		fmt.Println(found.File, found.Rule)
	}
	fmt.Println(sighting.Seal(dir), len(sighting.Validate(dir)))
	// Output:
	// places.csv manifest
	// places.csv manifest
	// places.csv manifest
	// <nil> 0
}

func ExampleReadWorkbook() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	book := filepath.Join(dir, "border.xlsx")
	fmt.Println(load().SaveWorkbook(book))
	d, err := sighting.ReadWorkbook(book, sighting.Meta{Name: "border", Version: "1.0.0"})
	fmt.Println(d, err, d.LeftOut())
	fmt.Println(d.Save(filepath.Join(dir, "border")))
	var b strings.Builder
	fmt.Println(new(sighting.Dataset).WriteWorkbook(&b), b.Len() > 0)
	// Output:
	// <nil>
	// border 1.0.0: 70 sources, 15 places, 98 looks, 119 sightings, 33 claims <nil> []
	// <nil>
	// <nil> true
}
