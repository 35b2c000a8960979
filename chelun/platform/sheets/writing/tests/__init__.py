"""Tests of the writing package."""
