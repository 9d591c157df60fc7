from . import o2c_customer_references
from . import res_partner
from . import sale_order
from . import sale_order_references
from . import account_move
