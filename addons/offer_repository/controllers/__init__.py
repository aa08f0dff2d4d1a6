from . import archive
from . import portal
from . import report
from . import intake
