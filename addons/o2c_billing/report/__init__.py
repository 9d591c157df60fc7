from . import o2c_contract_revenue
