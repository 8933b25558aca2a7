module github.com/sightline-osint/sightline/kernel/bench/runner

go 1.26.0
