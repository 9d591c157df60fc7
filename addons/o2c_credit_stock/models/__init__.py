from . import o2c_credit_hold
from . import sale_order
from . import stock_picking
