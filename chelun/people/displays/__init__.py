"""How the registers look: words, masks, tables, fact lines and histories as values of `chelun.core.ui`. No queries."""
