from . import account_document_import
from . import account_edi_common
from . import account_edi_xml_ubl_bis3
from . import e_invoice_references
from . import e_invoice_payment
from . import e_invoice_advances  # before the totals, which keep one wording
from . import e_invoice_totals
from . import e_invoice_import
from . import account_move
from . import account_move_payment
from . import account_tax
from . import account_tax_category
