from . import o2c_interest_rate
from . import o2c_payment_promise
from . import o2c_dispute
