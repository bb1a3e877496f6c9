// Pins the s2i program and all it is made of; ../support/s2i.ts compiles it.
module s2i-python/test/engine/s2i

go 1.26.2

require github.com/openshift/source-to-image v1.6.3
