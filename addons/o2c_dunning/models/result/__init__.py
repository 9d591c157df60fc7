from . import o2c_hold_out_step
from . import o2c_hold_out_notice
from . import res_partner
