from . import o2c_receivable_report
