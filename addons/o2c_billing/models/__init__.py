from . import switch
from . import price
from . import billing
from . import check
from . import sending
from . import thread
from . import ubl
from . import order
