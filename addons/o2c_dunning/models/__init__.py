from . import ladder
from . import case
from . import notice
from . import letter
from . import claim
from . import plan
from . import question
from . import core
