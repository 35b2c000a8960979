"""Rows of two tables that are one person or one firm. Pure Python, no Django; what stands yet is told in the README."""

from chelun.engines.matching.sentences import MatchingError

__all__ = ["MatchingError"]
