from . import res_company
from . import o2c_run
from . import o2c_natural_person
from . import o2c_decision_contest
from . import o2c_decision_letter
from . import o2c_letter_words
from . import mail_mail
from . import o2c_retention
