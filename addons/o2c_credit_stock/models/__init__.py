from . import res_company
from . import o2c_credit_hold
from . import sale_order
from . import stock_move
from . import stock_picking
