from . import test_digest
from . import test_key_figures
from . import test_monthly_report
from . import test_receivables
from . import test_step_results
from . import test_work_figures
