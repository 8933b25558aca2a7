// Package change scores how much each pixel changed between two dates.
//
// It assumes two images on one grid (same size, transform and coordinate system; a remaining shift is found and
// undone) with the same bands in the same order, the earlier one first. Pixels that are missing or ignored at either
// date get no score. Every function returns a *Score, which says what was done to get it and shows itself as a picture
// with both dates beside it. A score is evidence that pixels differ, not of what happened: light, haze, season and
// moisture differ too, which is what the normalisations are for. They do not always help, so the result says which ran.
//
// Images come from package raster; package region turns Changed masks into regions, package measure measures them.
package change
