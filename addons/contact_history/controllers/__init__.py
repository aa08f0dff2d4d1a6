from . import dashboard
from . import access_request
from . import digest
from . import feedback
from . import phone
