from . import o2c_interest_rate
from . import o2c_payment_promise
from . import o2c_promise_follow
from . import o2c_dispute_cause
from . import o2c_dispute
from . import o2c_dispute_route
from . import o2c_dispute_outcome
from . import o2c_disputed_invoice
