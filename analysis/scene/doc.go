// Package scene renders rail yards and ports whose contents are known exactly, for teaching, for tests, and for asking
// what a sensor could have seen.
//
// Nothing here is an observation. Every image says SIMULATED in its tags and in a margin under the measured pixels, so
// does the truth written beside it; the places are in the sea off the coast of Africa, where there is no yard. A scene
// follows from its seed. Lengths are metres on the ground: x runs right and y down from the top left corner of the
// measured pixels. Power renders many scenes and measures them with package measure, which never sees the truth.
package scene
