// Package front turns cells into packages of one ssa.Program: the front end of the cell engine.
//
// Each cell becomes a package of its own, all of them with the path "main", so that unexported names work across cells.
// The objects of earlier cells that a cell mentions are put into its scope as they are. Imports, types, constants and
// functions may stand in any order; everything else at the top level is a statement of one function body, run in order.
//
// A cell is parsed twice into files that have exactly its length, one with only the declarations and one with only the
// statements (parse.go), and type-checked twice: the first check finds the types of the variables that the top level
// defines, which then become package variables; the second check is the real one (check.go). What cannot be said in Go
// is said with names that contain "·", which no cell can write.
//
// The rules of the notebook:
//   - := and var define anew, also within a cell and with another type; the right side still sees the old variable.
//   - Functions of earlier cells find a variable that is defined anew with the same type, as they would in a language that
//     looks names up; pointers to the old variable keep it. With another type, they keep the old variable.
//   - A type declared again with the same text, and the same meaning of every name in it, stays the same type (same.go).
//   - A method may be declared in a later cell than its type, generic or not (late.go, undo.go, instances.go).
//   - A function, generic or not, declared again with the same signature replaces the old one for its old callers too.
//   - The last expression is the result; a semicolon after it hides it. What a call that writes returns (fmt.Println, Write,
//     WriteString) is no result, nor is a lone error that is nil.
//   - Unused variables, imports and labels are no errors.
//   - A cell that fails, in whatever way, leaves no name behind.
package front
