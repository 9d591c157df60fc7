from . import ir_mail_server
from . import o2c_demo_cast
from . import o2c_demo_company
