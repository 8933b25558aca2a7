module github.com/sightline-osint/sightline/kernel/bench/peers/yaegi

go 1.26.0

replace github.com/sightline-osint/sightline/kernel/bench/runner => ../../runner

require github.com/sightline-osint/sightline/kernel/bench/runner v0.0.0

require github.com/traefik/yaegi v0.16.1
