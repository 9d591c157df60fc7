from . import pay_visit
from . import pay_page
from . import pay_start
from . import pay_papers
from . import account_overview
from . import account_document
from . import account_details
