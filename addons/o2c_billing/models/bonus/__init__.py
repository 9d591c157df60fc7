from . import o2c_volume_bonus
from . import o2c_bonus_settlement
from . import account_move
from . import o2c_bonus_facts
from . import o2c_bonus_proposing
