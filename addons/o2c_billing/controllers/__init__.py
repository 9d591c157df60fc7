from . import customer_page
from . import portal_tracking
