from . import o2c_customer_text
from . import o2c_customer_letter
from . import o2c_letter_source
from . import mail_mail
