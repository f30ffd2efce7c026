"""Runs the specification against a cloud and says what held."""
