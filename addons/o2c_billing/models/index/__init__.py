from . import o2c_price_index
from . import o2c_indexed_line
from . import o2c_agreement_line_index
