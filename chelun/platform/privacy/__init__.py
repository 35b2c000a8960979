"""Privacy: each person's own key, what is held under which purpose, who looked, and revealing one value at a time."""
