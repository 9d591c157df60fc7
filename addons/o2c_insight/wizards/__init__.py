from . import o2c_monthly_report
from . import o2c_receivable_day
from . import o2c_finding_handling
