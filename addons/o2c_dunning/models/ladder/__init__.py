from . import res_company_holidays
from . import o2c_dunning_ladder
from . import o2c_dunning_step
from . import o2c_notice_block
from . import o2c_notice_text
from . import o2c_notice_test_mail
