from . import o2c_run
from . import figures
from . import forecast
from . import what_if
from . import ledger
from . import proof
