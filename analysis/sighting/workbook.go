package sighting

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The sheets of a workbook besides the tables.
const (
	guideSheet = "guide"
	listsSheet = "lists"
)

// templateRows is how many rows of a template are prepared for typing.
const templateRows = 1000

// WriteTemplate makes dir a data package without records: CSV files with their headings and datapackage.json.
func WriteTemplate(dir string, m Meta) error {
	_, err := Init(dir, m)
	return err
}

// WriteWorkbook writes the data set as an Excel workbook: one sheet a table, cells kept as text so that Excel changes
// neither dates nor leading zeros, a list to choose from where only some words are allowed, and a guide that explains every
// column. A new Dataset gives an empty template. ReadWorkbook reads it back with the checks of Load.
func (d *Dataset) WriteWorkbook(w io.Writer) error {
	x := excelize.NewFile()
	defer x.Close()
	b := &book{x: x}
	if err := b.start(); err != nil {
		return fmt.Errorf("sighting: %w", err)
	}
	addTable(b, resSources, sourceFields(), d.Sources)
	addTable(b, resPlaces, placeFields(), d.Places)
	addTable(b, resDistances, distanceFields(), d.Distances)
	addTable(b, resLooks, lookFields(), d.Looks)
	addTable(b, resSightings, sightingFields(), d.Sightings)
	addTable(b, resClaims, claimFields(), d.Claims)
	if b.err == nil {
		b.err = x.SetSheetVisible(listsSheet, false)
	}
	if b.err == nil {
		b.err = x.Write(w)
	}
	if b.err != nil {
		return fmt.Errorf("sighting: %w", b.err)
	}
	return nil
}

// SaveWorkbook writes the workbook to a file, which appears only when it is complete.
func (d *Dataset) SaveWorkbook(path string) error {
	var b bytes.Buffer
	if err := d.WriteWorkbook(&b); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

type book struct {
	x                *excelize.File
	head, text, need int // styles
	guideRow, lists  int
	err              error
}

func (b *book) start() error {
	if err := b.x.SetSheetName("Sheet1", guideSheet); err != nil {
		return err
	}
	if _, err := b.x.NewSheet(listsSheet); err != nil {
		return err
	}
	var err error
	asText := "@"
	if b.text, err = b.x.NewStyle(&excelize.Style{CustomNumFmt: &asText}); err != nil {
		return err
	}
	if b.head, err = b.x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8E8E8"}}}); err != nil {
		return err
	}
	if b.need, err = b.x.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFE2B8"}}}); err != nil {
		return err
	}
	b.guideRow = 1
	b.row(guideSheet, b.guideRow, []string{"table", "column", "needed", "meaning", "unit", "allowed"})
	return errors.Join(b.err, b.x.SetColWidth(guideSheet, "A", "F", 24))
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) row(sheet string, row int, cells []string) {
	for i, c := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, row)
		b.do(err)
		if c != "" {
			b.do(b.x.SetCellStr(sheet, at, c))
		}
	}
}

func addTable[T any](b *book, name string, fields []field[T], recs []T) {
	if b.err != nil {
		return
	}
	_, err := b.x.NewSheet(name)
	b.do(err)
	last, err := excelize.ColumnNumberToName(len(fields))
	b.do(err)
	b.do(b.x.SetColStyle(name, "A:"+last, b.text))
	b.do(b.x.SetColWidth(name, "A", last, 16))
	head := make([]string, len(fields))
	for i, f := range fields {
		head[i] = f.name
	}
	b.row(name, 1, head)
	rows := max(templateRows, len(recs)+templateRows)
	for i, f := range fields {
		addGuide(b, name, f)
		cell, err := excelize.CoordinatesToCellName(i+1, 1)
		b.do(err)
		style := b.head
		if f.required || f.reason {
			style = b.need
		}
		b.do(b.x.SetCellStyle(name, cell, cell, style))
		b.validate(name, i+1, rows, f.words)
	}
	for r := range recs {
		cells := make([]string, len(fields))
		for i, f := range fields {
			cells[i] = shown(f, &recs[r])
		}
		b.row(name, r+2, cells)
	}
	b.do(b.x.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

func addGuide[T any](b *book, name string, f field[T]) {
	b.guideRow++
	need := ""
	switch {
	case f.required:
		need = "yes"
	case f.reason:
		need = "yes, or a reason code: " + list(reasons)
	}
	allowed := map[form]string{formNumber: "number", formTime: "2023, 2023-09, 2023-09-24 or 2022-11-04T10:24+09:00", formReport: "date, or first/last", formKey: "letters, digits, . _ -",
		formKeys: "keys, separated by ;", formList: "texts, separated by ;"}[f.form]
	if len(f.words) > 0 {
		allowed = list(f.words)
	}
	b.row(guideSheet, b.guideRow, []string{name, f.name, need, f.doc, f.unit, allowed})
}

// validate lets the cells of a column be chosen from the words, which stand on a hidden sheet.
func (b *book) validate(sheet string, col, rows int, words []Word) {
	if len(words) == 0 || b.err != nil {
		return
	}
	b.lists++
	name, err := excelize.ColumnNumberToName(b.lists)
	b.do(err)
	for i, w := range words {
		b.do(b.x.SetCellStr(listsSheet, fmt.Sprintf("%s%d", name, i+1), w.Value))
	}
	at, err := excelize.ColumnNumberToName(col)
	b.do(err)
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s2:%s%d", at, at, rows+1)
	v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", listsSheet, name, name, len(words)))
	v.SetError(excelize.DataValidationErrorStyleStop, "not in the list", "choose one of the words of the list (see the sheet guide)")
	b.do(b.x.AddDataValidation(sheet, v))
}

var serialDate = regexp.MustCompile(`^[1-9][0-9]{4}(\.[0-9]+)?$`)

// ReadWorkbook reads a workbook that was made from a template, with the checks of Load: types, keys, references and all
// rules. The findings name sheet, row and column. m describes the data package it is to become: Save writes it.
func ReadWorkbook(path string, m Meta) (*Dataset, error) {
	if !packageForm.MatchString(m.Name) {
		return nil, fmt.Errorf("sighting: %q: the name of a package has lower-case letters, digits, '-', '_' and '.'", m.Name)
	}
	if st, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("sighting: %w", err)
	} else if st.Size() > maxFile {
		return nil, fmt.Errorf("sighting: %s has %d bytes, more than %d", path, st.Size(), int64(maxFile))
	}
	x, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: 2 * maxFile})
	if err != nil {
		return nil, fmt.Errorf("sighting: %s: %w", path, err)
	}
	defer x.Close()
	d := &Dataset{Dir: path, Name: m.Name, Title: m.Title, Description: m.Description, Version: m.Version, Licence: m.Licence, sheets: map[string]*sheet{}}
	var found Findings
	base := filepath.Base(path)
	sheets, formulas := x.GetSheetList(), hasFormulas(x)
	for _, name := range []string{resSources, resPlaces, resDistances, resLooks, resSightings, resClaims} {
		file := base + "/" + name
		if !slices.Contains(sheets, name) {
			found = append(found, Finding{File: file, Rule: "package", Cause: "the workbook has no sheet of this name"})
			continue
		}
		s, fs := workSheet(x, name, file)
		d.sheets[name] = s
		if formulas {
			fs = append(fs, emptyFormulas(x, name, s)...)
		}
		found = append(append(found, fs...), d.decode(name, s)...)
	}
	for _, name := range sheets {
		if !isTable(name) && name != guideSheet && name != listsSheet {
			d.leftOut = append(d.leftOut, name)
		}
	}
	for i, f := range found {
		if f.Rule == "type" && strings.Contains(f.Column, "t_") && serialDate.MatchString(quotedCell(f.Cause)) {
			found[i].Cause = "Excel turned the date into a number: format the column as text and type the date again " + f.Cause[strings.LastIndex(f.Cause, "("):]
		}
	}
	if found = append(found, d.Check()...).unique(); len(found) > 0 {
		return d, &Invalid{Dir: path, Findings: found}
	}
	return d, nil
}

func quotedCell(cause string) string {
	i, j := strings.LastIndex(cause, `("`), strings.LastIndex(cause, `")`)
	if i < 0 || j < i {
		return ""
	}
	return cause[i+2 : j]
}

// hasFormulas says whether a sheet of the workbook may hold a formula.
func hasFormulas(x *excelize.File) bool {
	found := false
	sheets := 0
	x.Pkg.Range(func(name, data any) bool {
		if path, _ := name.(string); strings.HasPrefix(path, "xl/worksheets/") {
			raw, _ := data.([]byte)
			found = found || bytes.Contains(raw, []byte("<f>")) || bytes.Contains(raw, []byte("<f "))
			sheets++
		}
		return !found
	})
	return found || sheets == 0
}

// emptyFormulas are the cells whose formula no program has worked out, which would be lost.
func emptyFormulas(x *excelize.File, name string, s *sheet) Findings {
	var found Findings
	for r, cells := range s.rows {
		for i, cell := range cells {
			if cell != "" {
				continue
			}
			at, err := excelize.CoordinatesToCellName(i+1, s.lines[r])
			if err != nil {
				continue
			}
			if f, err := x.GetCellFormula(name, at); err == nil && f != "" {
				found = append(found, Finding{File: s.name, Line: s.lines[r], Column: s.header[i], Rule: "type",
					Cause: fmt.Sprintf("a formula without a value (%q): type the value", short(f))})
			}
		}
	}
	return found
}

// workSheet turns a sheet of a workbook into cells of text. Empty rows are skipped.
func workSheet(x *excelize.File, name, file string) (*sheet, Findings) {
	s := &sheet{name: file}
	var found Findings
	rows, err := x.GetRows(name)
	if err != nil {
		return s, Findings{{File: file, Rule: "package", Cause: err.Error()}}
	}
	for r, cells := range rows {
		for i := range cells {
			cells[i] = strings.TrimSpace(strings.ToValidUTF8(cells[i], "�"))
		}
		if strings.Join(cells, "") == "" {
			continue
		}
		if s.header == nil {
			s.header = cells
			continue
		}
		for len(cells) < len(s.header) {
			cells = append(cells, "")
		}
		if extra := strings.Join(cells[len(s.header):], ""); extra != "" {
			found = append(found, Finding{File: file, Line: r + 1, Rule: "csv", Cause: fmt.Sprintf("cells beside the last heading (%q)", short(extra))})
		}
		s.rows, s.lines = append(s.rows, cells[:len(s.header)]), append(s.lines, r+1)
	}
	seen := map[string]bool{}
	for _, h := range s.header {
		if h == "" || seen[h] {
			found = append(found, Finding{File: file, Line: 1, Column: h, Rule: "column", Cause: "a heading is empty or appears twice"})
		}
		seen[h] = true
	}
	return s, found
}
