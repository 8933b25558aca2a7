// Package sql is the generic code of the standard package database/sql for interpreted types.
package sql

import (
	"database/sql/driver"
	"fmt"
	"reflect"
)

// Null is a value that may be missing.
type Null[T any] struct {
	V     T
	Valid bool
}

// Scan takes a value from a database (sql.Scanner).
func (n *Null[T]) Scan(value any) error {
	var zero T
	n.V, n.Valid = zero, false
	if value == nil {
		return nil
	}
	if v, ok := value.(T); ok {
		n.V, n.Valid = v, true
		return nil
	}
	from, to := reflect.ValueOf(value), reflect.ValueOf(&n.V).Elem()
	if !from.CanConvert(to.Type()) || (from.Kind() == reflect.String) != (to.Kind() == reflect.String) {
		return fmt.Errorf("converting %T to %s: unsupported Scan", value, to.Type())
	}
	to.Set(from.Convert(to.Type()))
	n.Valid = true
	return nil
}

// Value gives the value to a database (driver.Valuer).
func (n Null[T]) Value() (driver.Value, error) {
	if !n.Valid {
		return nil, nil
	}
	v := any(n.V)
	if valuer, ok := v.(driver.Valuer); ok {
		return valuer.Value()
	}
	return v, nil
}
