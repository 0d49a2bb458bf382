"""The order of steps for each thing that a person can ask of aiguide, a module for each."""
