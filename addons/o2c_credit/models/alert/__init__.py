from . import res_company
from . import o2c_run
from . import o2c_credit_alert
from . import o2c_alert_words
from . import o2c_watch_facts
from . import o2c_watch
from . import o2c_credit_digest
from . import o2c_today_alerts
