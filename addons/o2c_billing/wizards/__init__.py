from . import o2c_draft_return
from . import o2c_order_import
from . import o2c_order_import_match
from . import o2c_order_import_ubl
from . import o2c_early_discount
