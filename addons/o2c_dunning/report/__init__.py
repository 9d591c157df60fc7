from . import o2c_notice_result
from . import o2c_hold_out_board
