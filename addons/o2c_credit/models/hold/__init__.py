from . import o2c_exposure_lock
from . import o2c_credit_hold
from . import o2c_hold_release
from . import sale_order_verdict
from . import sale_order
from . import sale_order_line
from . import payment_transaction
