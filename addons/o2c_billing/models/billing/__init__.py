from . import o2c_billing_event
from . import o2c_billing_intake
from . import o2c_billing_queue
from . import o2c_billing_outcome
from . import o2c_run
from . import sale_order
from . import sale_order_line
from . import account_move
