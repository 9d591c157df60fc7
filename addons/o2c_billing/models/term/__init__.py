from . import o2c_term_law
from . import res_company
from . import account_payment_term
from . import o2c_term_judged
from . import res_partner
from . import sale_order
from . import account_move
