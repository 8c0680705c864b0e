"""`katip doctor`: what on this machine would keep a run from working, each with what to do about it."""
