"""Other machines: the only room that uses the network, and only where a person asked for it."""
