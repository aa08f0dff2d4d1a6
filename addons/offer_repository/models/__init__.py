# One line a model, grouped by part, so that parallel work rarely meets.
from . import res_company
from . import res_users
from . import offer_detection_group
from . import res_config_settings
