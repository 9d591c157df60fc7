from . import res_company
from . import o2c_credit_policy_matrix
from . import o2c_credit_policy_terms
from . import o2c_risk_profile_agreed
from . import o2c_policy_proposals
