from . import base_partner_merge
from . import o2c_credit_release
from . import o2c_draft_terms
from . import o2c_report_fetch
from . import o2c_report_import
from . import o2c_report_import_line
from . import o2c_limit_proposal
from . import o2c_limit_refusal
