package sighting_test

import (
	"fmt"
	"log"

	"github.com/sightline-osint/sightline/analysis/sighting"
)

func ExampleOpen() {
	border, err := sighting.Open("korea-russia-border")
	if err != nil {
		log.Fatal(err)
	}
	after := border.At("tumangang").Between("2023-09-13", "2023-10-31").Trains()
	fmt.Println(after)
	fmt.Println(after.Short())
	// Output:
	// at tumangang, from 2023-09-13 to 2023-10-31, of train: 11 looks, 5 sightings, 1 claims
	// id     place                   when        what            how much        length       seen by              conflict
	// X-040  tumangang_freight_yard  2023-09-14  train or cargo  none            ·            RFA / Chung Songhak  ·
	// S1-02  tumangang_freight_yard  2023-09-24  train           1 train         225 m        VOA                  CG-0924
	// S1-03  tumangang_freight_yard  2023-09-24  train           1 train         110 m        VOA                  CG-0924
	// S1-04  tumangang_freight_yard  2023-09-24  train           1 train         60 m         VOA                  CG-0924
	// S1-08  tumangang_freight_yard  2023-10-06  train           about 5 trains  about 200 m  VOA                  CG-1005
	// 5 rows × 8 columns, 2 missing values (·); from sightings.csv
	// note: from 2023-09-13 to 2023-10-31: 2 looks, 2 sightings reach over an end or have no sure date and are left out
}

func ExampleSelection_CountsPerLook() {
	border, err := sighting.Load("../../datasets/korea-russia-border")
	if err != nil {
		log.Fatal(err)
	}
	counts, err := border.At("tumangang").Between("2023-05", "2023-10").CountsPerLook("train")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(counts.Table().Select("t", "observer", "status", "low", "count", "high"))
	// Output:
	// t           observer              status        low  count   high
	//                                               train  train  train
	// 2023-05-22  VOA                   present         1      1      1
	// 2023-05-30  VOA                   present         4      4      4
	// 2023-09-14  RFA / Chung Songhak   absent          0      0      0
	// 2023-09-22  RFA / Chung Songhak   not_stated      ·      ·      ·
	// 2023-09-24  VOA                   present         3      3      3
	// 2023-09-24  RFA / Chung Songhak   not_stated      ·      ·      ·
	// 2023-09-28  VOA                   not_stated      ·      ·      ·
	// 2023-09-28  RFA / Chung Songhak   not_stated      ·      ·      ·
	// 2023-10-01  RFA / Chung Songhak   not_stated      ·      ·      ·
	// 2023-10-05  CSIS Beyond Parallel  not_stated      ·      ·      ·
	// 2023-10-06  VOA                   present         ·      5      ·
	// 11 rows × 6 columns, 20 missing values (·); from looks.csv
	// note: from 2023-05 to 2023-10: 3 looks, 5 sightings reach over an end or have no sure date and are left out
	// note: 3 periods are no looks and are left out: see Effort
	// note: 6 looks say nothing about train: neither seen nor searched for
	// note: 2 looks hold rows in conflict with others: see Conflicts
}

func ExampleSelection_Effort() {
	border, err := sighting.Load("../../datasets/korea-russia-border")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(border.At("rajin_port").Effort().Select("observer", "t_start", "t_end", "days", "images", "cloud_days", "positive_days"))
	// Output:
	// observer              t_start     t_end       days  images  cloud_days  positive_days
	//                                                  d                   d              d
	// VOA                   2023-08-26  2023-10-14    50       ·          12              ·
	// CSIS Beyond Parallel  2023-08     2024-02-12     ·     109           ·             49
	// 2 rows × 7 columns, 4 missing values (·); from looks.csv
	// note: rajin_port: 30 single looks were published
}
