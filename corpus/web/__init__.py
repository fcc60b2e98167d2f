"""Articles by their address: fetched with checks at every step, then read like files."""
