from . import dashboard
from . import digest
from . import feedback
from . import phone
