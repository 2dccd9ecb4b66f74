"""The commands of the command line, one file each; graphsvc/cli.py lists them."""
