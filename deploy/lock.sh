#!/bin/sh
# Write requirements.lock anew from requirements.txt (needs uv). What only torch's CUDA build asks
# for is left out: that build is for whoever has a GPU, and a host has none.
set -eu
cd "$(dirname "$0")/.."
uv pip compile requirements.txt --quiet --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-header | awk '
    BEGIN { print "# What groundup runs with, and its hashes; written by deploy/lock.sh." }
    /^[a-z]/ { cuda = /^(nvidia|cuda)-|^triton==/ }
    !cuda' > requirements.lock
