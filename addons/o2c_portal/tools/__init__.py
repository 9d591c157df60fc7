from . import quiet_log
