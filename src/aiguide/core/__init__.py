"""The guideline, projects, rules and counting; no I/O at all."""
