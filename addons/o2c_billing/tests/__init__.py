from . import test_policy
from . import test_price_agreement
from . import test_price_access
