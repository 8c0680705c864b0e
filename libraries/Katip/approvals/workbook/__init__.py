"""Reads XLSX files as a person sees them: each cell's value, and what hides it from whoever opens the file.

Values and visibility come from one reading of the file's own parts, so that they cannot disagree (decision 13).
"""
