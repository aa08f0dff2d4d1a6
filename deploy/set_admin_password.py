# Fed to `odoo shell` by init.sh, which provides ``env``.
import os

env.ref("base.user_admin").password = os.environ["ODOO_ADMIN_PASSWORD"]  # noqa: F821
env.cr.commit()  # noqa: F821  # pylint: disable=invalid-commit
