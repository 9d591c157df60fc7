from . import proof_book
