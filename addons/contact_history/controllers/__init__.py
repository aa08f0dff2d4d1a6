from . import dashboard
from . import feedback
from . import phone
