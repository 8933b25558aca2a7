package raster

import (
	"container/list"
	"sync"
)

// maxCache is the most bytes of decoded blocks that one file keeps for windows that share them.
const maxCache = 32 << 20

// cache keeps the blocks that were decoded last.
type cache struct {
	mu    sync.Mutex
	byKey map[int]*list.Element
	order list.List // of kept, newest first
	bytes int
}

type kept struct {
	key  int
	data []byte
}

func (c *cache) get(key int) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(kept).data
}

func (c *cache) put(key int, data []byte) {
	if len(data) > maxCache/2 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[int]*list.Element{}
	}
	if _, ok := c.byKey[key]; ok {
		return
	}
	c.byKey[key] = c.order.PushFront(kept{key, data})
	c.bytes += len(data)
	for c.bytes > maxCache {
		old := c.order.Remove(c.order.Back()).(kept)
		delete(c.byKey, old.key)
		c.bytes -= len(old.data)
	}
}
