from . import o2c_volume_bonus
from . import o2c_volume_bonus_tier
from . import o2c_volume_bonus_month
from . import o2c_bonus_decision
from . import o2c_bonus_settlement
from . import account_move
from . import o2c_bonus_facts
from . import o2c_bonus_proposing
