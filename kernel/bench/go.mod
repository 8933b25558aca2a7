module github.com/sightline-osint/sightline/kernel/bench

go 1.26.0

replace (
	github.com/sightline-osint/sightline => ../..
	github.com/sightline-osint/sightline/kernel/bench/runner => ./runner
)

require (
	github.com/sightline-osint/sightline v0.0.0
	github.com/sightline-osint/sightline/kernel/bench/runner v0.0.0
)
