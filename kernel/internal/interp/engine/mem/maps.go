package mem

// MapGet is the address of m[*k], nil if it is not there; t is the map type's descriptor.
func MapGet(t, m, k Ptr) Ptr { return mapaccess(t, m, k) }

// MapSet does m[*k] = *v.
func MapSet(t, m, k, v Ptr) { mapassign(t, m, k, v) }

// MapDelete does delete(m, *k).
func MapDelete(t, m, k Ptr) { mapdelete(t, m, k) }
