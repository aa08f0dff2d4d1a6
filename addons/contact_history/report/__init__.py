from . import contact_response_report
