from . import sale_order
from . import o2c_today
from . import o2c_today_check
