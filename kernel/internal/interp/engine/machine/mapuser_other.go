//go:build !amd64 || race

package machine

import "sync/atomic"

// say tells which lock the thread uses, in a store that is in order with all other atomic operations. It is cheap except on amd64.
func (u *mapUser) say(i uint32) { atomic.StoreUint32(&u.inside, i) }

// settle has nothing to do: say is in order.
func settle() {}
