"""One file, one page: the only place that acts on a page."""
