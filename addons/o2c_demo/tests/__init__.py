from . import test_demo
from . import test_policy
from . import test_prices
from . import test_scenarios
