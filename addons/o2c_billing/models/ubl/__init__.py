from . import account_edi_common
from . import account_edi_xml_ubl_bis3
from . import account_move
from . import account_tax
