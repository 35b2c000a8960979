"""How the rooms are put together: settings, addresses, the `chelun` command. May import everything; nothing imports it."""
