"""Writes of the registers: one row by hand (`door`), many by sheet (`intake`, `batches`), corrections, decisions, exports."""
