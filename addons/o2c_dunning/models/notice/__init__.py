from . import o2c_dunning_notice
from . import o2c_dunning_notice_content
from . import o2c_dunning_notice_line
from . import o2c_dunning_notice_preview
from . import o2c_dunning_notice_queue
from . import o2c_dunning_notice_outcome
from . import mail_mail
from . import mail_activity
