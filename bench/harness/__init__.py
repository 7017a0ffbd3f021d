"""The measurements behind `make bench`; `scripts/bench` runs them."""
