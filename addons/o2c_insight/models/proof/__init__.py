from . import o2c_proof_key
from . import o2c_receivable_movement
from . import o2c_proof_source
from . import o2c_proof_export
from . import o2c_proof_making
