from . import test_access
from . import test_account_overview
from . import test_booking
from . import test_pay_link
from . import test_pay_page
from . import test_policy
from . import test_qr
from . import test_settings
