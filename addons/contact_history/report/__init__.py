from . import contact_dashboard_file
from . import contact_dashboard_paper
from . import contact_response_report
