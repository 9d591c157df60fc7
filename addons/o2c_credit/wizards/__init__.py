from . import base_partner_merge
from . import o2c_credit_release
