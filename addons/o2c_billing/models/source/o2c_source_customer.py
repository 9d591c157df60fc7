"""How another system names our customers."""

from odoo import api, fields, models


class O2cSourceCustomer(models.Model):
    """The number of a customer in another system, remembered once somebody said it."""

    _name = "o2c.source.customer"
    _description = "Customer in a Source"
    _order = "external, id"
    _rec_name = "external"
    _check_company_auto = True

    source_id = fields.Many2one(
        "o2c.billing.source", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True)
    external = fields.Char(
        string="Their Number",
        required=True,
        help="How the source names the customer, exactly.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )

    _external_uniq = models.Constraint(
        "UNIQUE(source_id, external)", "This number belongs to a customer already."
    )


class O2cBillingSource(models.Model):
    _inherit = "o2c.billing.source"

    @api.model
    def _remember_customer(self, source, external, partner):
        """From now on this number means this customer."""
        customers = self.env["o2c.source.customer"].sudo()
        known = customers.search(
            [("source_id", "=", source.id), ("external", "=", external)]
        )
        if known:
            known.partner_id = partner
        else:
            customers.create(
                {
                    "source_id": source.id,
                    "external": external,
                    "partner_id": partner.id,
                }
            )

    def _find_customers(self, names):
        """Customers by remembered number, else reference, KvK, VAT or e-mail.

        :param set names: texts by which the source names them
        :return: dict of text to (partner or False, code why not)
        """
        self.ensure_one()
        found = {
            row.external: self._judge_customer(row.partner_id)
            for row in self.env["o2c.source.customer"].search_fetch(
                [("source_id", "=", self.id), ("external", "in", list(names))],
                ["external", "partner_id"],
            )
        }
        left = [name for name in names if name not in found]
        partners = self.env["res.partner"].search(self._customer_domain(left))
        by_name = {}
        for partner in partners:
            for text in (
                partner.ref,
                partner.company_registry,
                partner.vat,
                partner.email_normalized,
            ):
                if text:
                    key = text.lower()
                    by_name[key] = by_name.get(key, partners.browse()) | partner
        for name in left:
            hits = by_name.get(name.lower(), partners.browse())
            if len(hits.commercial_partner_id) > 1:
                found[name] = (False, "several")
            elif hits:
                whole = hits & hits.commercial_partner_id
                found[name] = self._judge_customer(whole or hits[0])
            else:
                found[name] = (False, "unknown")
        return found

    @api.model
    def _judge_customer(self, partner):
        return (partner, "") if partner.active else (False, "archived")

    def _customer_domain(self, names):
        return [
            ("company_id", "in", (False, self.company_id.id)),
            "|",
            "|",
            "|",
            ("ref", "in", names),
            ("company_registry", "in", names),
            ("vat", "in", names),
            ("email_normalized", "in", [name.lower() for name in names]),
        ]
