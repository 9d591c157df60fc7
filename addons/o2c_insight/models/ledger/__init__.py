from . import res_company_ledger
from . import o2c_provision_band
from . import o2c_provision
from . import o2c_provision_line
from . import o2c_provision_items
from . import o2c_provision_entry
