from . import o2c_what_if
from . import o2c_what_if_scenario
from . import o2c_what_if_result
from . import o2c_what_if_gather
from . import o2c_what_if_basis
from . import o2c_what_if_replay
from . import o2c_what_if_compare
