from . import res_company_holidays
from . import o2c_dunning_ladder
from . import o2c_notice_text
