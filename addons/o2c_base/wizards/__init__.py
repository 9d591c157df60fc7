from . import o2c_setup_wizard
