"""The case hands over by hand; what is outside is not reminded here."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .o2c_collection_file import OPEN, OUTSIDE


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    file_ids = fields.One2many("o2c.collection.file", "case_id", readonly=True)
    file_state = fields.Selection(
        selection=lambda self: self.env["o2c.collection.file"]
        ._fields["state"]
        ._description_selection(self.env),
        string="Hand-over",
        compute="_compute_file_state",
        help="How far handing over to an agency or a trustee is.",
    )

    @api.depends("file_ids.state")
    def _compute_file_state(self):
        for case in self:
            current = case.file_ids.filtered(lambda file: file.state in OPEN)[:1]
            case.file_state = (current or case.file_ids[:1]).state

    def action_handover(self):
        """Open the collection file of the case; propose one when there is none."""
        return self._open_file("agency")

    def action_insolvency(self):
        """Make the claim for the trustee; a file at an agency ends with it."""
        return self._open_file("insolvency")

    def _open_file(self, kind):
        """The open file of this kind, made when there is none.

        :param str kind: "agency" or "insolvency"
        """
        self.ensure_one()
        self._check_collector()
        if self.state == "closed":
            raise UserError(self.env._("This case is closed: nothing is due."))
        current = self.file_ids.filtered(lambda file: file.state in OPEN)
        if current and current.kind != kind:
            current._check_collector(
                manager=bool(current.filtered(lambda file: file.state in OUTSIDE))
            )
            current._end(
                "withdrawn",
                self.env._("The customer is insolvent")
                if kind == "insolvency"
                else self.env._("Collected by an agency instead"),
            )
            current.flush_recordset()  # before the unique index sees the new file
            current = current.browse()
        if not current:
            current = self._new_file(kind, "hand")
        return self.env["o2c.today"]._open_record(current)

    def _new_file(self, kind, origin, keys=None):
        """A proposal with what is due today.

        :param keys: only these (move id, instalment), at the end of their ladder
        :return: ``o2c.collection.file``
        """
        self.ensure_one()
        today = self.company_id._o2c_today()
        files = self.env["o2c.collection.file"].sudo()
        agency = self._usual_agency(self.company_id) if kind == "agency" else None
        file = files.create(self._file_values(kind, origin, today, agency))
        file._calculate(today, keys)
        if not file.item_ids:
            raise UserError(
                self.env._(
                    "Nothing of %s is overdue: there is nothing to hand over.",
                    self.partner_id.display_name,
                )
            )
        return file.sudo(self.env.su)

    def _file_values(self, kind, origin, today, agency=None):
        """Values of a new collection file of this case.

        :param agency: ``o2c.collection.agency``, of a file for an agency
        """
        self.ensure_one()
        by_hand = self.env.uid if origin == "hand" else False
        return {
            "case_id": self.id,
            "kind": kind,
            "origin": origin,
            "proposed_on": today,
            "user_id": self.user_id.id or by_hand,
            "agency_id": agency.id if agency else False,
        }

    @api.model
    def _usual_agency(self, company):
        """The agency that a new file names: the first of the company."""
        return (
            self.env["o2c.collection.agency"]
            .sudo()
            .search([("company_id", "in", (company.id, False))], limit=1)
        )

    @api.model
    def _aside_sources(self, company, move_ids):
        """Items that somebody else collects are not reminded by us.

        Instalments of one invoice go together: the agency has the invoice.
        """
        self.env["o2c.collection.file"].flush_model()
        self.env["o2c.collection.item"].flush_model()
        return [
            *super()._aside_sources(company, move_ids),
            SQL(
                """
                (SELECT DISTINCT ON (i.move_id) i.move_id, 'at_agency',
                        jsonb_build_object('text', COALESCE(p.name, t.name),
                                           'day', f.handed_over_on)
                   FROM o2c_collection_item i
                   JOIN o2c_collection_file f ON f.id = i.file_id
                   LEFT JOIN o2c_collection_agency a ON a.id = f.agency_id
                   LEFT JOIN res_partner p ON p.id = a.partner_id
                   LEFT JOIN res_partner t ON t.id = f.trustee_id
                  WHERE i.live AND i.move_id = ANY(%s)
                  ORDER BY i.move_id, f.id DESC)
                """,
                move_ids,
            ),
        ]

    def _join_for_merge(self, sources, target):
        """A file of a case that is joined keeps its history; a proposal is withdrawn,
        what is outside stays outside."""
        result = super()._join_for_merge(sources, target)
        joined = self.search(
            [("partner_id", "in", sources.ids), ("state", "=", "closed")]
        )
        joined.file_ids.filtered(
            lambda file: file.state in OPEN and file.state not in OUTSIDE
        )._end("withdrawn", self.env._("The customer was joined with another"))
        return result
