from . import res_company
from . import res_config_settings
from . import o2c_run
