"""How a person reads a page: labels, forms, grids, pagers and small windows, on markup nobody has seen before."""
