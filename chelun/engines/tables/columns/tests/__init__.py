"""Tests of the columns package."""
