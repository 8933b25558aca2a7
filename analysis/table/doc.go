// Package table holds records in typed columns: float64, int64, bool, dictionary text, time and geometry.
//
// A column knows its unit and which of its values are missing; a time is an instant together with the offset it was
// written with and its precision, so that "2023-09-24" (a day) is never mistaken for midnight. A table knows where each
// row came from (file and line), through every verb: Trace tells it.
//
// Tables are values in spirit: no verb changes its receiver. A verb that cannot be carried out (a column that does not
// exist, a sum that overflows) gives a table that carries the error: every later verb keeps it, Err returns it, and a
// cell shows it instead of rows. So verbs can be chained, and nothing is lost on the way:
//
//	perMonth := looks.Where(table.Is("status", "usable")).WithMonth("month", "t_start").
//		GroupBy("place_id", "month").Aggregate(table.Count("looks"))
//
// Missing values are never turned into NaN, zero or the empty text. A comparison with a missing value is neither true
// nor false, so Where drops the row and Where(Not(…)) drops it as well; ask with Missing and Known.
//
// Weak evidence is no error: what a verb had to leave out (missing values in a mean) is kept in Warnings and shown
// under the table.
//
// The place of the package in the flow: sighting and measure make tables, rate and chart read them.
package table
