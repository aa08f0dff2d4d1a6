from . import archive
from . import export
from . import portal
from . import report
