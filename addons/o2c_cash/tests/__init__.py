from . import test_access
from . import test_bad_input
from . import test_booking
from . import test_desk
from . import test_policy
from . import test_proposal
from . import test_reversal
from . import test_run
