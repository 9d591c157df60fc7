from . import pay_page
from . import account_overview
