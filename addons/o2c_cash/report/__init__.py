from . import o2c_cash_share
