"""One run: what was set, who may approve what, which tasks follow, and how everything is left behind at the end."""
