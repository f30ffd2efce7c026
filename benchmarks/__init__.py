"""Benchmarks, run as scripts."""
