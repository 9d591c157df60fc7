from . import res_company
from . import o2c_credit_policy
from . import o2c_draft_check_rule
from . import account_move
from . import account_move_approval
from . import account_move_line
from . import payment_transaction
