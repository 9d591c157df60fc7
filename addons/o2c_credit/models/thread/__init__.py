from . import sale_order_stages
from . import o2c_today
from . import o2c_today_limits
from . import o2c_today_holds
