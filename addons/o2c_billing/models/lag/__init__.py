from . import res_company
from . import res_config_settings
from . import o2c_weighted_days
from . import o2c_billing_journey
from . import o2c_invoicing_stage
from . import o2c_invoicing_lag
from . import o2c_lag_board
from . import o2c_today
