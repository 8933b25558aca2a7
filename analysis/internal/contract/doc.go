// Package contract holds no code: its tests hold every result of the statistical rooms to what inference.Result
// promises, and every function of theirs to its behaviour on data that no one should hand in.
package contract
