from . import res_company
from . import o2c_agreement_renewal
from . import o2c_agreement_watch
from . import o2c_today
