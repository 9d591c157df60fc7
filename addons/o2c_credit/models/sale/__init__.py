from . import sale_order_terms
from . import sale_order_terms_guard
