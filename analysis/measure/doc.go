// Package measure turns images into numbers with their uncertainty: lengths on the ground, trains along a rail line,
// ships on water, cargo by colour.
//
// It assumes georeferenced images (package raster) of ground that is flat at the scale of an object. Lengths are
// geodesic metres, whatever the projection. An Estimate carries a standard error and the interval that holds the truth
// in 95 of 100 cases as far as the stated sources of error go: where an object's ends are seen, noise, blur and ground
// distance; of ships, wakes, dark decks and quays such as simulated harbours have. What an object is, whether the image is
// where it claims to be, and what clouds hide are not in it.
//
// How exact trains and cargo are on simulated scenes is in ACCURACY.md, which make accuracy measures again; ships are in
// SHIPS.md, pictures of results in GALLERY.md.
//
// Every result gives rows with image, method and version, ready to become sightings.
package measure
