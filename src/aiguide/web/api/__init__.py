"""The same as JSON: operations over the use cases, for scripts on this machine."""
