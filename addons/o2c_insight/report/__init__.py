from . import o2c_receivable_report
from . import o2c_forecast_report
from . import o2c_receivable_memo
