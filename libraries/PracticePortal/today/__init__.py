"""The skin `today`: KATİP as a single-page application, in the manner of the portal that replaced v9 about 2023.

Written from public facts; what nobody has published (the approval's dialog, the words of the message) is invented and can be
varied by a `Look`.
"""
