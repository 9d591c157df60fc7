from . import test_cash_forecast
from . import test_forecast_taking
from . import test_key_figures
from . import test_receivables
