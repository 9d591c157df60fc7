from . import o2c_receivable_report
from . import o2c_forecast_report
from . import o2c_receivable_memo
from . import o2c_receivable_compare
from . import o2c_receivable_heading
