// Package contract holds no code: its tests hold every result of the statistical rooms to what inference.Result
// promises, every function of theirs to its behaviour on data that no one should hand in, and every public function of
// analysis to an Example.
package contract
