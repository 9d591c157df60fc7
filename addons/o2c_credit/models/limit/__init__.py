from . import o2c_limit_change
from . import o2c_limit_decision
from . import o2c_limit_start
from . import o2c_credit_cover
from . import o2c_credit_group
from . import o2c_limit_sql
from . import o2c_profile_limit
