from . import test_policy
from . import test_price_agreement
from . import test_price_access
from . import test_billing_queue
from . import test_draft_check
from . import test_billing_access
from . import test_sending
from . import test_thread
