from . import o2c_payment_behaviour
