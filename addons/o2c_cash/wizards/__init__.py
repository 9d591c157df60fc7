from . import base_partner_merge
from . import o2c_camt_import
from . import o2c_camt_preview
