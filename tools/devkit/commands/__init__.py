"""One module per group of commands.

Each has ``register(commands)``, which adds parsers and sets ``run`` on them: a function
that takes the ``Layout`` and the parsed options, and returns an exit code, or ``None``
for success. A new module in this folder is found by itself.
"""
