from . import o2c_memo_source
from . import o2c_memo_item
from . import o2c_memo_refresh
from . import o2c_exposure
from . import o2c_memo_shown
