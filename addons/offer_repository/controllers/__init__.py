from . import archive
from . import digest
from . import portal
from . import report
