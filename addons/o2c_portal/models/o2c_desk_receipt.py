"""What came in at the desk: a form once, whatever a browser sends twice."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..policy import proof

#: Receipts are kept as long as somebody may come back to an old form.
KEPT_DAYS = 400


class O2cDeskReceipt(models.Model):
    """One form that a customer sent, and the record that came of it.

    The number is drawn when the form is shown. A double click, the back button or a
    repeated request finds the receipt and leads to the same record.
    """

    _name = "o2c.desk.receipt"
    _description = "Form Received From a Customer"
    _order = "id desc"
    _rec_name = "kind"

    token = fields.Char(string="Form", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Sent By",
        readonly=True,
        ondelete="set null",
        help="Who was logged in, or whose mail address was the proof.",
    )
    kind = fields.Selection(
        [
            ("plan", "Payment plan"),
            ("promise", "Payment announced"),
            ("dispute", "Dispute"),
            ("question", "Question"),
            ("reply", "Answer"),
        ],
        required=True,
        readonly=True,
    )
    proof = fields.Selection(
        [
            (proof.MAIL, "Mailed link"),
            (proof.CODE, "Mailed code"),
            (proof.LOGIN, "Login"),
        ],
        required=True,
        readonly=True,
        help="What showed that it came from the customer.",
    )
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", readonly=True
    )

    _token_uniq = models.Constraint("UNIQUE(token)", "This form was sent before.")

    @api.model
    def _known(self, token, visitor, kind):
        """What came of this form before; empty when it is new.

        A form of somebody else is no form of this visitor's, so it tells nothing.
        """
        found = self.sudo().search(
            [
                ("token", "=", token),
                ("partner_id", "=", visitor.customer.id),
                ("kind", "=", kind),
            ],
            limit=1,
        )
        return found._record()

    def _record(self):
        """The record that came of it, in sudo; None when there is none."""
        if not self.res_model:
            return None
        return self.env[self.res_model].sudo().browse(self.res_id).exists() or None

    @api.model
    def _claim(self, token, visitor, kind):
        """Take the form in, once.

        Two at the same moment queue up at the unique number: the database refuses the
        second one, Odoo tries again and finds the first.

        :return: the receipt, in sudo; empty when it was taken before
        """
        [*rows] = self.env.execute_query(
            SQL(
                """
                INSERT INTO o2c_desk_receipt (token, partner_id, company_id, contact_id,
                                              kind, proof, create_uid, write_uid,
                                              create_date, write_date)
                VALUES (%(token)s, %(partner)s, %(company)s, %(contact)s, %(kind)s,
                        %(proof)s, %(user)s, %(user)s, %(now)s, %(now)s)
                ON CONFLICT (token) DO NOTHING
                RETURNING id
                """,
                token=token,
                partner=visitor.customer.id,
                company=visitor.company.id,
                contact=visitor.contact.id or None,
                kind=kind,
                proof=visitor.proof,
                user=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return self.sudo().browse([key for (key,) in rows])

    def action_open_record(self):
        """Open what came of it."""
        self.ensure_one()
        if not self.res_model:
            return None
        return self.env["o2c.today"]._open_record(
            self.env[self.res_model].browse(self.res_id)
        )

    @api.autovacuum
    def _forget_old_forms(self):
        """Nobody comes back to a form after more than a year."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.sudo().search([("create_date", "<", before)], limit=10_000).unlink()
