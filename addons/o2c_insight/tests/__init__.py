from . import test_key_figures
from . import test_receivables
from . import test_provision
from . import test_provision_booking
from . import test_receivable_movement
from . import test_proof
from . import test_clean_ledger
