"""Files of prices and figures: from CSV or XLSX to cells, problems to advice."""

from odoo import models
from odoo.exceptions import UserError

from ..policy import price_file as policy
from ..policy.order_file import decode


class O2cPriceFile(models.AbstractModel):
    """What the import pages of prices and of index figures share."""

    _name = "o2c.price.file"
    _description = "Price File"
    _inherit = "o2c.file.import"

    def _cells(self):
        """The filled rows of the file with their numbers.

        :return: list of (row number, list of texts)
        """
        content = self._content()
        cells = self._sheet_cells(content)
        if cells is not None:
            return cells
        text = decode(content)
        if text is None:
            raise UserError(
                self.env._(
                    "%s is in an unknown encoding. Save it as CSV UTF-8 or as .xlsx.",
                    self.filename or "",
                )
            )
        return policy.table(text)

    def _number_advice(self, problem):
        """What to do about a number that cannot be read, or None."""
        return {
            "number": self.env._("“%s” is not a number.", problem.value),
            "ambiguous": self.env._(
                "“%s” can mean two numbers: write it without a thousands sign.",
                problem.value,
            ),
            "empty": self.env._("This file is empty."),
            "no_rows": self.env._("There are no rows below the header."),
        }.get(problem.code)
