from . import company
from . import profile
from . import report
from . import hold
from . import thread
