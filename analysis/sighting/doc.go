// Package sighting keeps dated records of what was seen from above: sources, looks, sightings and claims.
//
// A look is one occasion on which somebody examined a place: an image, a visit, or a period of which only the number of
// images is known. A sighting belongs to a look and says what was there, how much, in which unit and how surely counted.
// That something was NOT there is a sighting as well, with status absent; a look without a row for a kind of object says
// nothing about it. A claim is what somebody said without showing it, with what it leaves open.
//
// Nothing is merged: two readings of the same day stay two rows in one conflict group. Trains, railcars and containers
// are different units and are never added. A time without an offset is an error, a date is no midnight.
//
// Records live in a data package (https://datapackage.org, version 2): a folder with datapackage.json and CSV files, whose
// SHA-256 hashes are checked on loading.
//
//	border, err := sighting.Open("korea-russia-border")
//	border.At("tumangang").Between("2023-09-13", "2023-10-31").Trains()
//	border.At("rajin_port").CountsPerLook("ship")
//
// Open and Load return an error beside the data set. A cell that ends in such a call shows the error, in red, in the place
// of the result, and counts as run: nothing was lost, and the cells below run and say what they lack.
//
// The place of the package in the flow: it feeds table, rate and chart; measure adds rows to it.
package sighting
