"""Pure decisions of the registers: what a row says, which value wins, whom a row belongs to. No tables, no clock."""
