from . import switch
from . import price
