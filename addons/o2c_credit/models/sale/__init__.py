from . import sale_order_terms
from . import sale_order_terms_guard
from . import o2c_sales_list
from . import sale_order_badge
