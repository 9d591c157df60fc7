from . import o2c_dunning_case
from . import o2c_dunning_notice
from . import o2c_dunning_notice_outcome
from . import o2c_evidence_removal
from . import o2c_notice_text
from . import sms_tracker
