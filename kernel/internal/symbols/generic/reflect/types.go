package reflect

import "reflect"

// Type and Value are the types of the compiled package.
type (
	Type  = reflect.Type
	Value = reflect.Value
)

// TypeOf is the function of the compiled package.
func TypeOf(x any) Type { return reflect.TypeOf(x) }
