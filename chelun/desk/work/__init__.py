"""Work lists: a saved list of a register, what is to be done with each of its rows, by whom, until when."""
