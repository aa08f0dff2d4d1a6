from . import archive
from . import export
from . import portal
from . import report
from . import intake
