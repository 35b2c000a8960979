"""The one way into the registers, for the form and for sheets alike: resolve, record, compute cards, write down.

`shelf` says which tables a register has; `ledger` reads and writes them; `persons`, `enterprises`, `vehicles`
know what is special about each; `firms` and `plates` bring the enterprises and vehicles that rows mention.
"""
