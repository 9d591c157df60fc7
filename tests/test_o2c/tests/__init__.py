from . import test_bad_payer
from . import test_clearances
from . import test_good_payer
from . import test_network
from . import test_over_the_limit
from . import test_slow_payer
from . import test_stubborn_debtor
