from . import archive
from . import export
from . import digest
from . import portal
from . import report
from . import satisfaction
from . import intake
