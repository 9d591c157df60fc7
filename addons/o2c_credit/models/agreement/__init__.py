from . import o2c_payment_agreement
from . import o2c_agreement_decision
from . import o2c_agreement_signing
from . import o2c_agreement_merge
from . import o2c_agreement_sending
from . import o2c_agreement_breach
from . import sale_order
from . import account_move
