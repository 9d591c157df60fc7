from . import account_move
from . import account_move_rebill
from . import o2c_draft_check_rule
