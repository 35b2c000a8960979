"""What the Makefile runs: checks, tests, texts, the demo. Not part of the product."""
