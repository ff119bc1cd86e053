"""Benchmarks: each prints ratios of two things timed side by side in one run."""
