// Package rtype makes run-time types (package reflect) of the types that the checker knows (package go/types).
//
// Types of registered packages are the compiled ones; all others are built: composite types by package reflect, named
// types and interfaces with methods by reflectx, their methods (methods.go) as stubs of package mem. A named type is first built over a shape: an unnamed type of the same
// kind, size, pointers and comparability, which can be written without resolving what it refers to. Any other type that
// embeds it, a map's layout included, is therefore right from the start, and recursive types close on their own.
//
// A Table is not safe for concurrent use; the machine calls it under its lock.
package rtype
