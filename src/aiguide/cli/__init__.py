"""The command line: parsing, screens, prompts, the clock, the user's name, exit codes."""
