from . import o2c_notice_proof
from . import o2c_notice_evidence
from . import o2c_notice_letter
from . import ir_attachment
from . import o2c_evidence_removal
from . import o2c_evidence_export
from . import o2c_evidence_check
from . import ir_module_module
