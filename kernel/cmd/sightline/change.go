package main

import (
	"context"
	"errors"
	"fmt"
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
	bands                                   []string
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
		Args: func(cmd *cobra.Command, args []string) error {
			return exactly(2, "the image before and the image after")(cmd, beforePage(args, f.page))
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if images := beforePage(args, f.page); len(images) < len(args) {
				f.page, args = args[len(images)], images
			}
			return runChange(cmd, args, f)
		},
	}
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "write the scores to this GeoTIFF")
	cmd.Flags().StringVar(&f.method, "method", "magnitude", "how to score")
	cmd.Flags().StringVar(&f.normalise, "normalise", "none", "none, z-score, histogram match or pseudo-invariant")
	cmd.Flags().StringVar(&f.threshold, "threshold", "otsu", "otsu, kittler-illingworth, rosin or k-means")
	bandsFlag(cmd, &f.bands)
	cmd.Flags().BoolVar(&f.asIs, "as-is", false, "do not look for a shift")
	cmd.Flags().StringVar(&f.page, "html", "", "write a page with the picture; without a name, beside the scores or AFTER")
	cmd.Flags().Lookup("html").NoOptDefVal = "-"
	return cmd
}

// beforePage returns the arguments without the name of a page that follows --html after a space instead of "=".
func beforePage(args []string, page string) []string {
	if n := len(args); page == "-" && n == 3 && strings.HasPrefix(strings.ToLower(filepath.Ext(args[n-1])), ".htm") {
		return args[:n-1]
	}
	return args
}

func runChange(cmd *cobra.Command, args []string, f changeFlags) error {
	if err := errors.Join(sparing(f.out, args...), sparing(f.page, args...)); err != nil {
		return err
	}
	if f.out != "" && f.out == f.page {
		return misuse("scores and page are both to be %s", f.out)
	}
	ctx, stop := interruptible(cmd.Context())
	defer stop()
	ctx = reporting(ctx, cmd.ErrOrStderr())
	var images [2]*raster.Image
	for i, a := range args {
		m, err := openNamed(a, f.bands)
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
		return stopped(ctx, err)
	}
	fmt.Fprintln(cmd.OutOrStdout(), score)
	out := cmd.OutOrStdout()
	beside := args[1]
	if f.out != "" {
		fmt.Fprintln(out, f.out)
		beside = f.out
	}
	page := f.page
	if page == "-" && f.out != "" { // beside the scores
		page = strings.TrimSuffix(f.out, filepath.Ext(f.out)) + ".html"
	}
	title := filepath.Base(args[0]) + " and " + filepath.Base(args[1])
	return writeResults(out, page, beside, "Change between "+title, score)
}

// stopped is the error of work on images: that a signal ended it, or what is wrong with them.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &exit{interrupted(ctx), errors.New("interrupted")}
	}
	return &exit{unusable, err}
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

// bandsFlag adds --bands.
func bandsFlag(cmd *cobra.Command, names *[]string) {
	cmd.Flags().StringSliceVar(names, "bands", nil, "what the bands show, where the file does not say: blue,green,red,nir")
}

// openNamed opens an image and gives its bands names, one each, if there are any.
func openNamed(path string, bands []string) (*raster.Image, error) {
	m, err := openImage(path)
	if err != nil || len(bands) == 0 {
		return m, err
	}
	if len(bands) != len(m.Bands) {
		m.Close()
		return nil, fmt.Errorf("%s has %d bands, --bands %d names", path, len(m.Bands), len(bands))
	}
	m.Rename(bands...)
	return m, nil
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
