package change

// InStrips has ToFile read no more than some rows at a time.
func (o Options) InStrips(rows int) Options { o.rows = rows; return o }
