// Package notebook reads Jupyter notebooks (nbformat 4.x), runs them through a kernel session, and writes them back as
// notebooks and as web pages.
//
// What the package does not understand it keeps: unknown fields, the order of keys, numbers as they were written. A file
// is written to a temporary name and renamed, so nobody ever sees half of it. Two runs with the same results write the
// same bytes: no times, no random ids.
package notebook
