from . import test_access
from . import test_credit_gate
from . import test_exposure
from . import test_scoring
from . import test_core_limit
from . import test_paid_and_signed
from . import test_verdict
