module github.com/sightline-osint/sightline/kernel/bench/peers/gomacro

go 1.26.0

replace github.com/sightline-osint/sightline/kernel/bench/runner => ../../runner

require (
	github.com/cosmos72/gomacro v0.0.0-20220530072503-c719ab5c40fc
	github.com/sightline-osint/sightline/kernel/bench/runner v0.0.0
)

require (
	github.com/mattn/go-runewidth v0.0.13 // indirect
	github.com/peterh/liner v1.2.1 // indirect
	github.com/rivo/uniseg v0.2.0 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
)
