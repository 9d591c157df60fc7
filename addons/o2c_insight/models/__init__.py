from . import o2c_run
from . import o2c_kpi_snapshot
from . import o2c_kpi_facts
from . import o2c_kpi_taking
from . import o2c_kpi_explained
from . import what_if
from . import ledger
from . import proof
