from . import company
from . import profile
from . import hold
from . import thread
