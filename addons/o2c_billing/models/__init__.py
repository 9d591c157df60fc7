from . import switch
from . import price
from . import billing
from . import check
