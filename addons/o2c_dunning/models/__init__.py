from . import ladder
from . import case
from . import notice
from . import claim
from . import core
from . import work
from . import result
from . import law
