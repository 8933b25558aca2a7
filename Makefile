# Sightline. `make demo` does the main job; `make test` proves the rest.
NOTEBOOK = notebooks/01-post-summit-traffic.ipynb
ROWS = 1000000 10000000
SIZE = 10980

.PHONY: help demo lab test check generate notebooks bench bench-engine bench-kernel bench-table bench-rate bench-imagery goroot-test wasm-test difftest accuracy clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## run the post-summit notebook without Python and say where its page is
	go run ./kernel/cmd/sightline run $(NOTEBOOK)
	@echo "open: $(CURDIR)/out/$(NOTEBOOK:.ipynb=.html)"

lab: ## JupyterLab with the kernel, in a private Python environment
	go run ./kernel/cmd/sightline lab notebooks

test: ## everything: Go tests with -race, notebooks, Jupyter conformance, JupyterLab in a browser
	.ci/test

check: ## the quick part of test: formatting, vet, Go tests without -race
	@test -z "$$(gofmt -l kernel analysis)" || { gofmt -l kernel analysis; exit 1; }
	go vet ./...
	go test ./...

generate: ## rebuild generated files
	go generate ./...

notebooks: ## run every notebook and keep the outputs in the file
	go run ./kernel/cmd/sightline run --in-place notebooks/*.ipynb

bench: bench-engine bench-kernel bench-table bench-rate bench-imagery ## every benchmark beside its peers, in turn

bench-engine: ## the cell engine beside native Go, ixgo, yaegi and gomacro
	cd kernel/bench && go run .

bench-kernel: ## the kernel through its sockets beside ipykernel
	go build -o out/sightline ./kernel/cmd/sightline
	go run ./kernel/internal/kerneltest/bench -sightline out/sightline -python "$$(.ci/python kernel/internal/kerneltest/bench/requirements.txt)"

bench-table: ## tables beside pandas, polars and gota, as Markdown: ROWS="1000000 10000000"
	@sh analysis/table/bench/run.sh "$(ROWS)" "$$(.ci/python analysis/table/bench/requirements.txt)"

bench-rate: ## statistics beside scipy, statsmodels, ruptures and numpy
	go run ./analysis/rate/bench -python "$$(.ci/python analysis/rate/bench/requirements.txt)"

bench-imagery: ## images beside OpenCV, scikit-image, numpy and GDAL: SIZE=10980, in pieces: ONLY=cva,ssim DIR=/tmp/bench-imagery
	go run ./analysis/change/bench -size $(SIZE) -only "$(ONLY)" -dir "$(DIR)" -python "$$(.ci/python analysis/change/bench/requirements.txt)"

goroot-test: ## all of Go's own test programs that cells can import, not only the sample
	SIGHTLINE_GOROOT=all go test -count=1 -timeout 60m -v ./kernel/internal/interp/engine/goroot

wasm-test: ## the engine's transcripts under node, as js/wasm
	GOOS=js GOARCH=wasm go test -c -o out/engine.wasm ./kernel/internal/interp/engine
	cd kernel/internal/interp/engine && "$$(go env GOROOT)/lib/wasm/go_js_wasm_exec" $(CURDIR)/out/engine.wasm -test.run 'TestCells$$'

difftest: ## ten minutes of random programs, engine against compiler
	SIGHTLINE_DIFFTEST=10m go test -count=1 -timeout 30m -v ./kernel/internal/interp/engine/difftest

accuracy: ## lengths in 1,000 scenes, areas in 300 and ships in 80 harbours, at 0.5, 3 and 10 m: the figures that the documentation states
	SIGHTLINE_LONG=1 go test -count=1 -timeout 60m -v -run "HoldWhatTheyState|KnownAreTrue|Shift|Noise" ./analysis/scene ./analysis/register

clean: ## remove what runs left behind
	rm -rf out .cache
