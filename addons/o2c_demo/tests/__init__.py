from . import test_book
from . import test_company
from . import test_policy
