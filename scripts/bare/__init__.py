"""The procedure as bare Playwright scripts, one for each portal that `make bench` measures: they know the page and check nothing."""
