from . import models
from . import wizard


def post_init_hook(env):
    """Make the keys of the customers that are there already."""
    env["offer.partner.key"]._rebuild_all()
