"""What a person must do about a payment specification that matches nothing."""

from odoo import api, fields, models

from ..policy import specification

#: Rows that are named; of more only the number.
NAMED = 5


class O2cRemittanceNote(models.Model):
    _inherit = "o2c.remittance.note"

    hidden_words = fields.Text(
        string="Why Nothing Is Matched",
        compute="_compute_hidden_words",
        help="Rows that hide what the sum of the file is, and what to do about them.",
    )

    @api.depends("state", "line_ids.problem", "line_ids.row", "line_ids.text")
    @api.depends_context("lang")
    def _compute_hidden_words(self):
        for note in self:
            told = []
            if note.state == "new":
                of = note.line_ids.filtered
                unread = of(lambda line: line.problem == specification.NO_AMOUNT)
                other = of(lambda line: line.problem == specification.MONEY)
                if unread:
                    told.append(
                        self.env._("The amount of %s cannot be read.", unread._named())
                    )
                if other:
                    told.append(
                        self.env._(
                            "The money of %s is not that of the document.",
                            other._named(),
                        )
                    )
            if told:
                told.append(
                    self.env._(
                        "So the sum of the file is not known and no bank line is "
                        "matched with it by itself. Ask the customer for the amount "
                        "and a file that has it, or match the bank line by hand at the "
                        "cash desk and press Used here."
                    )
                )
            note.hidden_words = " ".join(told)


class O2cRemittanceLine(models.Model):
    _inherit = "o2c.remittance.line"

    def _named(self):
        """The rows by number and what stands there as the document."""
        rows = [
            self.env._("row %(row)s (%(text)s)", row=line.row, text=line.text)
            if line.text
            else self.env._("row %s", line.row)
            for line in self[:NAMED]
        ]
        if len(self) > NAMED:
            rows.append(self.env._("%s more rows", len(self) - NAMED))
        return ", ".join(rows)
