from . import o2c_draft_return
from . import o2c_order_import
from . import o2c_order_import_match
from . import o2c_order_import_ubl
from . import o2c_contract_change
from . import o2c_contract_notice
from . import o2c_contract_coming
