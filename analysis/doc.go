// Package analysis is the map of the library: dated sightings, tables, the statistics of sparse counts, images,
// measurements and figures live in the packages below it.
package analysis
