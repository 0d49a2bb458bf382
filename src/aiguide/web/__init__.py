"""The same in a browser: pages over the use cases, on this machine only."""
