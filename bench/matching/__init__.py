"""A benchmark for finding one person or firm in two tables as Chinese offices keep them: a generator, peers, figures. See README.md."""
