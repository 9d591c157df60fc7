from . import test_ask
from . import test_policy
from . import test_scan
from . import test_start
