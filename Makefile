# Sightline. `make demo` does the main job; `make test` proves the rest.
NOTEBOOK = notebooks/01-post-summit-traffic.ipynb

.PHONY: help demo lab test check generate notebooks bench-engine difftest clean

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

bench-engine: ## the cell engine beside native Go, ixgo, yaegi and gomacro
	cd kernel/bench && go run .

difftest: ## ten minutes of random programs, engine against compiler
	SIGHTLINE_DIFFTEST=10m go test -count=1 -timeout 30m -v ./kernel/internal/interp/engine/difftest

clean: ## remove what runs left behind
	rm -rf out .cache
