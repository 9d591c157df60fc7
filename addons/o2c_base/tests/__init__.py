from . import test_local_form
from . import test_access
from . import test_contact_task
from . import test_delivery_log
from . import test_run
from . import test_setup_wizard
from . import test_switch
from . import test_today
