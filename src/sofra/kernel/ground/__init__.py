"""What the house stands on: the embedded database server, the supervisor, the command line. No Django in here."""
