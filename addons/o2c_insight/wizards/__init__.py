from . import o2c_receivable_day
