from . import ladder
from . import case
from . import notice
from . import claim
from . import file
from . import evidence
from . import core
