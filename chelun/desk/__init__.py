"""The clerk's desk: changes that somebody proposes and others check before they stand."""
