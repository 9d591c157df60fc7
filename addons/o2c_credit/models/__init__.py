from . import company
from . import profile
from . import policy
from . import sale
from . import report
from . import hold
from . import invoice
from . import thread
