from . import o2c_dunning_case
from . import o2c_dunning_case_action
from . import o2c_dunning_case_debtor
from . import o2c_dunning_case_facts
from . import o2c_dunning_case_memory
from . import o2c_dunning_case_run
from . import o2c_dunning_case_write
from . import o2c_remind_verdict
