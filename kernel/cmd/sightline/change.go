package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/sightline-osint/sightline/analysis/change"
	"github.com/sightline-osint/sightline/analysis/raster"
	"github.com/sightline-osint/sightline/kernel/display"
)

// changeFlags are the flags of sightline change.
type changeFlags struct {
	out, method, normalise, threshold, page string
	asIs                                    bool
}

func newChange() *cobra.Command {
	var f changeFlags
	cmd := &cobra.Command{
		Use:   "change BEFORE AFTER",
		Short: "Score how much each pixel changed between two dated images",
		Long: `Change compares two images on one grid (GeoTIFF, BigTIFF or COG; or folders that hold one file a band, which are
taken in the order of their names), finds and undoes a shift between them, and says how many pixels score above a
threshold. With -o the scores become a GeoTIFF, and the images may be larger than memory.

Methods: ` + strings.Join(change.Methods(), ", ") + `.`,
		Example: `  sightline change before.tif after.tif                                    the summary
  sightline change before.tif after.tif -o score.tif --html                score.tif and score.html with the picture
  sightline change before.tif after.tif --method ir-mad --threshold k-means`,
		Args: exactly(2, "the image before and the image after"),
		RunE: func(cmd *cobra.Command, args []string) error { return runChange(cmd, args, f) },
	}
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "write the scores to this GeoTIFF")
	cmd.Flags().StringVar(&f.method, "method", "magnitude", "how to score")
	cmd.Flags().StringVar(&f.normalise, "normalise", "none", "none, z-score, histogram match or pseudo-invariant")
	cmd.Flags().StringVar(&f.threshold, "threshold", "otsu", "otsu, kittler-illingworth, rosin or k-means")
	cmd.Flags().BoolVar(&f.asIs, "as-is", false, "do not look for a shift")
	cmd.Flags().StringVar(&f.page, "html", "", "write a page with the picture; without a name, beside the scores or AFTER")
	cmd.Flags().Lookup("html").NoOptDefVal = "-"
	return cmd
}

func runChange(cmd *cobra.Command, args []string, f changeFlags) error {
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	ctx = reporting(ctx, cmd.ErrOrStderr())
	var images [2]*raster.Image
	for i, a := range args {
		m, err := openImage(a)
		if err != nil {
			return &exit{unusable, err}
		}
		defer m.Close()
		images[i] = m
	}
	o := change.Options{Context: ctx, Normalise: change.Normalisation(f.normalise), Threshold: change.Threshold(f.threshold)}
	if f.asIs {
		o.Registration = change.IgnoreShift
	}
	score, err := scoreOf(ctx, images[0], images[1], f, o)
	if err != nil {
		return &exit{unusable, err}
	}
	fmt.Fprintln(cmd.OutOrStdout(), score)
	if f.page == "" {
		return nil
	}
	page := f.page
	if page == "-" {
		base := f.out
		if base == "" {
			base = filepath.Base(args[1])
		}
		page = strings.TrimSuffix(base, filepath.Ext(base)) + ".html"
	}
	return writePage(page, score)
}

// scoreOf scores in memory, or piece by piece into the file asked for.
func scoreOf(ctx context.Context, before, after *raster.Image, f changeFlags, o change.Options) (*change.Score, error) {
	m := change.Method(f.method)
	if f.out != "" {
		return change.ToFile(ctx, before, after, f.out, m, o, raster.WriteOptions{Overviews: true})
	}
	return change.By(m, before, after, o)
}

// openImage opens a file, or the files of a folder as the bands of one image.
func openImage(path string) (*raster.Image, error) {
	st, err := os.Stat(path)
	if err != nil || !st.IsDir() {
		return raster.Open(path)
	}
	var files []string
	for _, ext := range []string{"*.tif", "*.tiff", "*.TIF"} {
		found, err := filepath.Glob(filepath.Join(path, ext))
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: a folder without .tif files", path)
	}
	sort.Strings(files)
	return raster.Stack(files...)
}

// writePage writes a page that needs no other file.
func writePage(path string, score *change.Score) error {
	shown := score.SimpleRender()
	pic, _ := shown["image/png"].([]byte)
	text := score.String()
	title, _, _ := strings.Cut(text, "\n")
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
<body style="font-family:sans-serif;max-width:1160px;margin:2em auto">
<h1 style="font-size:1.2em">%s</h1>
<img alt="before, after and score" style="max-width:100%%" src="data:image/png;base64,%s">
<pre>%s</pre>
</body></html>
`, html.EscapeString(title), html.EscapeString(title), base64.StdEncoding.EncodeToString(pic), html.EscapeString(text))
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, []byte(b.String()), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// reporter writes how far long work has come, on terminals only, over one line.
type reporter struct {
	w    io.Writer
	last int64
}

// Progress is what library code calls; see analysis.
func (r *reporter) Progress(done, total int64, label string) {
	if total <= 0 || (done != total && 100*done/total == r.last) {
		return
	}
	r.last = 100 * done / total
	fmt.Fprintf(r.w, "\r%-40s %3d %%", label, r.last)
	if done >= total {
		fmt.Fprint(r.w, "\r"+strings.Repeat(" ", 46)+"\r")
	}
}

// reporting returns ctx under which library code reports to w if that is a terminal.
func reporting(ctx context.Context, w io.Writer) context.Context {
	if f, ok := w.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return ctx
	}
	//lint:ignore SA1029 the key is a plain string, so that libraries need not import the kernel
	return context.WithValue(ctx, display.ProgressKey, &reporter{w: w})
}
