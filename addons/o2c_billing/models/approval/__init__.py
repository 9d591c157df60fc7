from . import o2c_first_batch
from . import res_company
