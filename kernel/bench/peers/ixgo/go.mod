module github.com/sightline-osint/sightline/kernel/bench/peers/ixgo

go 1.26.0

replace github.com/sightline-osint/sightline/kernel/bench/runner => ../../runner

require (
	github.com/goplus/ixgo v1.1.1
	github.com/sightline-osint/sightline/kernel/bench/runner v0.0.0
)

require (
	github.com/goplus/reflectx v1.7.2 // indirect
	github.com/timandy/routine v1.1.6 // indirect
	github.com/visualfc/funcval v0.1.5 // indirect
	github.com/visualfc/gid v0.3.1 // indirect
	github.com/visualfc/xtype v0.3.2 // indirect
	golang.org/x/mod v0.32.0 // indirect
	golang.org/x/tools v0.41.0 // indirect
)
