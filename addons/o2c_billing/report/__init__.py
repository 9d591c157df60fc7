from . import o2c_contract_revenue
from . import o2c_advance_report
from . import o2c_billing_backlog
