"""Tests of the settings and the outer doors."""
