"""What all measurements inside Odoo share.

``driver`` starts databases, scripts and servers from outside; ``inside`` is for the
scripts that run in Odoo's shell. Nothing but the standard library.
"""
