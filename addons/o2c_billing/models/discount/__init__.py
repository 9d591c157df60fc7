from . import res_company
from . import account_payment_term
from . import account_move
from . import account_move_discount_taken
from . import payment_transaction
