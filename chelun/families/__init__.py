"""Relatives of registered persons, each under a consent of their own; minors apart."""
