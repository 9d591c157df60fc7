from . import local_form
from . import spreadsheet
