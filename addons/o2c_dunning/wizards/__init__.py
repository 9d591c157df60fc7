from . import base_partner_merge
from . import o2c_case_pause
from . import o2c_claim_estimate
from . import o2c_plan_proposal
from . import o2c_going_live
from . import o2c_remind_now
from . import o2c_tomorrow
