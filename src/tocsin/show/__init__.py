"""What was read, shown: a table for a terminal, JSON, a web page; and the command line."""
