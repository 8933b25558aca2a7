package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/sightline-osint/sightline/analysis/internal/progress"
)

// CSV says how a file of comma-separated values is read. The zero value reads RFC 4180 with a heading line.
//
// Columns that are not declared are sniffed from the first megabyte: whole numbers, numbers, true/false, ISO times, else
// text. Digits with leading zeros and numbers of more than 18 digits are text: a ship's number 0123456 stays as it is. The
// kinds found are a note under the table. A cell that does not fit its column is reported with line and column.
type CSV struct {
	Schema  Schema   // declared columns; names that are not in the file are an error
	AllText bool     // read every column that is not declared as text
	Comma   byte     // ',' if 0
	Missing []string // texts that mean missing, besides the empty unquoted cell (and "" in columns that are not text)
	Source  string   // name of the file in messages and trails
	MaxCell int      // longest cell in bytes, 16 MiB if 0
	Columns []string // read these columns only; all if empty

	size int64 // of the input in bytes, 0 if it is not known
}

const blockSize = 4 << 20

// ReadCSV reads a file with a heading line; fields declare columns whose kind shall not be sniffed. If cells cannot be
// read, the error is a *BadCells that lists them all and the table has missing values in their place.
func ReadCSV(path string, fields ...Field) (*Table, error) {
	return CSV{Schema: fields}.ReadFile(context.Background(), path)
}

// ReadFile reads a file. Its name becomes the source of the rows.
func (o CSV) ReadFile(ctx context.Context, path string) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	defer f.Close()
	if o.Source == "" {
		o.Source = filepath.Base(path)
	}
	if st, err := f.Stat(); err == nil {
		o.size = st.Size()
	}
	var r io.Reader = f
	if o.size > 4*blockSize {
		r = &metered{ctx: ctx, r: f, total: o.size, label: "reading " + o.Source}
	}
	return o.Read(ctx, r)
}

// metered reports how much was read.
type metered struct {
	ctx         context.Context
	r           io.Reader
	done, total int64
	label       string
}

func (m *metered) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	m.done += int64(n)
	if err == io.EOF {
		m.done = m.total
	}
	if stop := progress.Report(m.ctx, m.done, m.total, m.label); stop != nil {
		return n, stop
	}
	return n, err
}

// Read reads all of r, on all processors.
func (o CSV) Read(ctx context.Context, r io.Reader) (*Table, error) {
	var pieces []*Table
	var bad BadCells
	err := o.Stream(ctx, r, func(t *Table, b *BadCells) error {
		pieces = append(pieces, t)
		if b != nil {
			bad.join(b)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	t := assemble(pieces)
	t.warnings = pieces[0].warnings
	if last := pieces[len(pieces)-1].warnings; len(last) > len(t.warnings) {
		t.warnings = last
	}
	if bad.Total > 0 {
		bad.Source = o.source()
		are := "are"
		if bad.Total == 1 {
			are = "is"
		}
		return t.Warn("%s could not be read and %s missing", plural(bad.Total, "cell"), are), &bad
	}
	return t, nil
}

// assemble stacks pieces column by column, letting go of each piece's column as soon as it is copied.
func assemble(pieces []*Table) *Table {
	cols := make([]*Column, len(pieces[0].cols))
	var wg sync.WaitGroup
	for i := range cols {
		wg.Add(1)
		go func() {
			defer wg.Done()
			part := make([]*Column, len(pieces))
			for j, p := range pieces {
				part[j] = p.cols[i]
				p.cols[i] = nil
			}
			cols[i] = stack(part)
		}()
	}
	wg.Wait()
	out := New(cols...)
	if out.err == nil {
		out.trail = joinLines(pieces)
	}
	return out
}

// joinLines is one trail for pieces of the same file.
func joinLines(pieces []*Table) trail {
	first := pieces[0].trail.(lineTrail)
	next, sequential := first.first, true
	for _, p := range pieces {
		tr := p.trail.(lineTrail)
		if p.n > 0 && (tr.lines != nil || tr.first != next) {
			sequential = false
		}
		next += p.n
	}
	if sequential {
		return lineTrail{source: first.source, first: first.first}
	}
	out := lineTrail{source: first.source}
	for _, p := range pieces {
		tr := p.trail.(lineTrail)
		for i := range p.n {
			if tr.lines != nil {
				out.lines = append(out.lines, tr.lines[i])
			} else {
				out.lines = append(out.lines, uint32(tr.first+i))
			}
		}
	}
	return out
}

// blockSize is how much one processor parses at a time: less for small inputs, so that all processors have work.
func (o CSV) blockSize() int {
	if o.size == 0 {
		return blockSize
	}
	return int(min(max(o.size/int64(4*runtime.GOMAXPROCS(0)), 256<<10), blockSize))
}

func (o CSV) source() string {
	if o.Source == "" {
		return "input"
	}
	return o.Source
}

// Stream reads r piece by piece, in order, without keeping it: yield gets tables of some ten thousand rows and, if there
// are any, the cells of the piece that could not be read. At least one piece is given, with no rows if there are none.
func (o CSV) Stream(ctx context.Context, r io.Reader, yield func(*Table, *BadCells) error) error {
	if o.Comma == 0 {
		o.Comma = ','
	}
	if o.MaxCell == 0 {
		o.MaxCell = 16 << 20
	}
	if l, ok := r.(interface{ Len() int }); ok {
		o.size = int64(l.Len())
	}
	bl := &blocks{r: r, comma: o.Comma, most: o.MaxCell, line: 1, spare: make(chan []byte, runtime.GOMAXPROCS(0))}
	first, err := bl.next(o.blockSize())
	if err == io.EOF {
		return fmt.Errorf("table: %s: the file is empty: not even a heading", o.source())
	}
	if err != nil {
		return fmt.Errorf("table: %s: %w", o.source(), err)
	}
	p, first, err := o.plan(first)
	if err != nil {
		return err
	}
	return p.run(ctx, bl, first, yield)
}

// plan is what the heading and the first block decide.
type plan struct {
	o       CSV
	names   []string
	fields  []Field // by column of the file; Kind 0: not wanted
	missing map[string]bool
	notes   []string
	hint    string // that the separator seems to be another one
}

func (o CSV) plan(first block) (*plan, block, error) {
	p := &plan{o: o, missing: map[string]bool{}}
	for _, m := range o.Missing {
		p.missing[m] = true
	}
	if bytes.HasPrefix(first.data, []byte("\xef\xbb\xbf")) {
		first.data = first.data[3:]
		p.notes = append(p.notes, "the file begins with a byte order mark, which was skipped")
	}
	if cause := notText(first.data); cause != "" {
		return nil, first, fmt.Errorf("table: %s:1: %s", o.source(), cause)
	}
	var rec record
	taken := rec.read(first.data, o.Comma, false)
	if rec.cause != "" {
		return nil, first, fmt.Errorf("table: %s:1: heading: %s", o.source(), rec.cause)
	}
	seen := map[string]bool{}
	var errs []error
	for i := range rec.len() {
		name := strings.TrimSpace(string(rec.cell(i)))
		switch {
		case name == "":
			errs = append(errs, fmt.Errorf("table: %s:1: column %d has no name", o.source(), len(p.names)+1))
		case seen[name]:
			errs = append(errs, fmt.Errorf("table: %s:1: two columns are named %q", o.source(), name))
		case !validText(name):
			errs = append(errs, fmt.Errorf("table: %s:1: column name %q: %s", o.source(), name, notUTF8))
		}
		seen[name] = true
		p.names = append(p.names, name)
	}
	if rec.len() == 1 && !rec.isQuoted(0) {
		p.hint = separatorHint(p.names[0], o.Comma)
	}
	if p.hint != "" {
		p.notes = append(p.notes, p.hint)
	}
	for _, f := range o.Schema {
		if !seen[f.Name] {
			errs = append(errs, fmt.Errorf("table: %s: declared column %q is not in the file; there are %q", o.source(), f.Name, p.names))
		}
	}
	for _, name := range o.Columns {
		if !seen[name] {
			errs = append(errs, fmt.Errorf("table: %s: wanted column %q is not in the file; there are %q", o.source(), name, p.names))
		}
	}
	if len(errs) > 0 && p.hint != "" {
		errs = append(errs, fmt.Errorf("table: %s:1: %s", o.source(), p.hint))
	}
	head := bytes.Count(first.data[:taken], []byte{'\n'})
	first.line, first.lines = first.line+head, first.lines-head
	first.data = first.data[taken:]
	p.choose(first)
	return p, first, errors.Join(errs...)
}

// notText says why the beginning of a file cannot be lines of UTF-8; "" if nothing speaks against it.
func notText(data []byte) string {
	head, _, _ := bytes.Cut(data, []byte{'\n'})
	utf16 := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	switch cr := bytes.IndexByte(head, '\r'); {
	case utf16 || bytes.IndexByte(head, 0) >= 0 && bytes.Count(head, []byte{0}) >= len(head)/4:
		return "the file is UTF-16 or no text at all: save it as UTF-8"
	case cr >= 0 && cr < len(head)-1 && bytes.IndexByte(head, '"') < 0:
		return "the lines end in CR alone, as on old Macs: end them in LF or CR LF"
	}
	return ""
}

// separatorHint names the separator that a heading of a single column seems to be cut by; "" if there is none.
func separatorHint(heading string, comma byte) string {
	for _, c := range []byte{';', '\t', '|', ','} {
		if c != comma && strings.IndexByte(heading, c) > 0 {
			return fmt.Sprintf("the separator looks like %q, set Comma: table.CSV{Comma: %q}.ReadFile", c, c)
		}
	}
	return ""
}

type parsed struct {
	t   *Table
	bad *BadCells
}

// run parses blocks on all processors and yields them in order. Every goroutine has ended when it returns.
func (p *plan) run(ctx context.Context, bl *blocks, first block, yield func(*Table, *BadCells) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type job struct {
		b   block
		out chan parsed
	}
	workers := runtime.GOMAXPROCS(0)
	jobs, order := make(chan job), make(chan job, workers+1)
	var readErr error
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // the reader
		defer wg.Done()
		defer close(order)
		defer close(jobs)
		for b := first; ; {
			j := job{b, make(chan parsed, 1)}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
			var err error
			if b, err = bl.next(p.o.blockSize()); err != nil {
				if err != io.EOF {
					readErr = err
				}
				return
			}
		}
	}()
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				res := p.parse(j.b)
				bl.recycle(j.b.data)
				j.out <- res
			}
		}()
	}
	var err error
	for j := range order {
		if err != nil || ctx.Err() != nil {
			continue
		}
		select {
		case res := <-j.out:
			if err = yield(res.t, res.bad); err != nil {
				cancel()
			}
		case <-ctx.Done():
		}
	}
	wg.Wait()
	switch {
	case err != nil:
		return err
	case readErr != nil:
		return fmt.Errorf("table: %s: %w", p.o.source(), readErr)
	}
	return ctx.Err()
}

// parse turns one block into a table.
func (p *plan) parse(b block) parsed {
	builders := make([]*builder, len(p.fields))
	var wanted []*builder
	for i, f := range p.fields {
		if f.Kind != 0 {
			builders[i] = newBuilder(f.Name, f.Unit, f.Kind)
			builders[i].grow(b.lines + 1)
			wanted = append(wanted, builders[i])
		}
	}
	tr := lineTrail{source: p.o.source(), first: b.line}
	bad := &BadCells{Source: p.o.source(), hint: p.hint}
	var rec record
	line, n := b.line, 0
	plain := bytes.IndexByte(b.data, '"') < 0
	for data := b.data; len(data) > 0; {
		taken := rec.read(data, p.o.Comma, plain)
		at := line
		line++
		if rec.quoted != nil {
			line = at + bytes.Count(data[:taken], []byte{'\n'})
		}
		data = data[taken:]
		if rec.len() == 1 && len(rec.base) == 0 && !rec.isQuoted(0) && len(p.fields) > 1 {
			continue // a blank line
		}
		if at != b.line+n && tr.lines == nil {
			for i := range n {
				tr.lines = append(tr.lines, uint32(b.line+i))
			}
		}
		if tr.lines != nil || at != b.line+n {
			tr.lines = append(tr.lines, uint32(at))
		}
		p.row(builders, &rec, at, bad)
		n++
	}
	if n == 0 {
		tr.first = b.line
	}
	cols := make([]*Column, len(wanted))
	for i, w := range wanted {
		cols[i] = w.column()
	}
	t := New(cols...)
	t.n, t.trail, t.warnings = n, tr, p.notes
	if b.open && n > 0 {
		t = t.Warn("line %d, the last one, does not end: the file may have been cut off there", line-1)
	}
	if bad.Total == 0 {
		bad = nil
	}
	return parsed{t, bad}
}

func (p *plan) row(builders []*builder, rec *record, line int, bad *BadCells) {
	if rec.cause != "" {
		bad.add(BadCell{Line: line, Cause: rec.cause})
	}
	n := rec.len()
	if n != len(builders) {
		bad.add(BadCell{Line: line, Cause: fmt.Sprintf("%d cells under %d headings", n, len(builders)), Text: extra(rec, len(builders))})
	}
	for i, b := range builders {
		if b == nil {
			continue
		}
		if i >= n {
			b.missing()
			continue
		}
		cell := rec.cell(i)
		if len(cell) == 0 && (!rec.isQuoted(i) || b.c.kind != Text) || len(p.missing) > 0 && p.missing[string(cell)] {
			b.missing()
			continue
		}
		if cause := b.parse(cell); cause != "" {
			b.missing()
			bad.add(BadCell{Line: line, Column: p.names[i], Text: string(cell), Cause: cause})
		}
	}
}

// extra is the text of the cells beyond the last heading.
func extra(rec *record, n int) string {
	var parts []string
	for i := n; i < rec.len(); i++ {
		parts = append(parts, string(rec.cell(i)))
	}
	return strings.Join(parts, ",")
}
