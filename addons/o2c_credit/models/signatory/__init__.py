from . import res_company
from . import o2c_signatory_check
from . import sale_order
