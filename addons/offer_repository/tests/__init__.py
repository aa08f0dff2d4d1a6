from . import test_archive
from . import test_revision
from . import test_revision_concurrency
from . import test_check
from . import test_partner_key
from . import test_conflict
from . import test_conflict_race
from . import test_demo
