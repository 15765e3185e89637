"""The command line: one file a command; main.py is what run.py and the console script start."""
