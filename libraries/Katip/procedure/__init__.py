"""The way through the pages: coming back to where a step begins, and carrying a step out again after an error."""
