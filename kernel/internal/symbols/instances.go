package symbols

import (
	"cmp"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"hash"
	"hash/maphash"
	"iter"
	"maps"
	"runtime"
	"slices"
)

// instances are the compiled instances of a package's generic functions that cells use in hot places, and those that the
// interpreted generic code is made of. The keys are the names that go/ssa gives to instances.
func instances(path string) map[string]any {
	m := map[string]any{}
	switch path {
	case "slices":
		ofSlice[int](m, "int")
		ofSlice[int64](m, "int64")
		ofSlice[float64](m, "float64")
		ofSlice[float32](m, "float32")
		ofSlice[string](m, "string")
		ofSlice[byte](m, "byte")
		ofSlice[byte](m, "uint8")
		ofSlice[rune](m, "rune")
		ofSlice[rune](m, "int32")
	case "maps":
		ofMap[string, int](m, "string", "int")
		ofMap[string, float64](m, "string", "float64")
		ofMap[string, string](m, "string", "string")
		ofMap[int, int](m, "int", "int")
		ofMap[int, string](m, "int", "string")
	case "iter":
		for _, a := range anyNames {
			m["Pull["+a+"]"] = iter.Pull[any]
			m["Pull2["+a+", "+a+"]"] = iter.Pull2[any, any]
		}
	case "hash/maphash":
		for _, a := range anyNames {
			m["Comparable["+a+"]"] = maphash.Comparable[any]
			m["WriteComparable["+a+"]"] = maphash.WriteComparable[any]
		}
	case "crypto/hkdf":
		m["Extract[hash.Hash]"] = hkdf.Extract[hash.Hash]
		m["Expand[hash.Hash]"] = hkdf.Expand[hash.Hash]
		m["Key[hash.Hash]"] = hkdf.Key[hash.Hash]
	case "runtime":
		m["AddCleanup[byte, int]"] = runtime.AddCleanup[byte, int]
		m["AddCleanup[uint8, int]"] = runtime.AddCleanup[byte, int]
	case "crypto/pbkdf2":
		m["Key[hash.Hash]"] = pbkdf2.Key[hash.Hash]
	}
	return m
}

// anyNames are the ways in which go/types writes the empty interface.
var anyNames = [...]string{"any", "interface{}"}

func ofSlice[E cmp.Ordered](m map[string]any, e string) {
	key := "[[]" + e + ", " + e + "]"
	m["BinarySearch"+key] = slices.BinarySearch[[]E]
	m["Clone"+key] = slices.Clone[[]E]
	m["Compact"+key] = slices.Compact[[]E]
	m["Contains"+key] = slices.Contains[[]E]
	m["Equal"+key] = slices.Equal[[]E]
	m["Index"+key] = slices.Index[[]E]
	m["IsSorted"+key] = slices.IsSorted[[]E]
	m["Max"+key] = slices.Max[[]E]
	m["Min"+key] = slices.Min[[]E]
	m["Reverse"+key] = slices.Reverse[[]E]
	m["Sort"+key] = slices.Sort[[]E]
	m["Sorted["+e+"]"] = slices.Sorted[E]
	m["Collect["+e+"]"] = slices.Collect[E]
}

func ofMap[K comparable, V comparable](m map[string]any, k, v string) {
	mk := "[map[" + k + "]" + v + ", " + k + ", " + v + "]"
	m["Keys"+mk] = maps.Keys[map[K]V]
	m["Values"+mk] = maps.Values[map[K]V]
	m["Clone"+mk] = maps.Clone[map[K]V]
}
