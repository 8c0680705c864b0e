"""What may be approved, what was decided, and what has been done: pure Python, without Robot and without a browser.

Data runs one way: worklist → decision → approval → outcome. See the modules of the same names; ``journal`` keeps what
was done
across runs, ``rules`` what is worth checking before, ``reconcile`` what must add up at the end, ``approvals_json``
what is handed out.
"""
