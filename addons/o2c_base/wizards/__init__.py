from . import o2c_file_import
from . import o2c_setup_wizard
