from . import dashboard
from . import phone
