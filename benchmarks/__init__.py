"""The measurements of docs/performance.md: `python -m benchmarks` (`make bench`)."""
