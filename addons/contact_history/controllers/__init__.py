from . import dashboard
from . import access_request
from . import phone
