from . import account_move
from . import o2c_run
from . import res_company
from . import res_config_settings
from . import res_partner
