from . import test_key_figures
from . import test_receivables
from . import test_what_if
from . import test_provision
from . import test_proof
from . import test_clean_ledger
