"""Something about a customer that a controller should know: once, with one owner."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

KINDS = [
    ("insolvent", "Insolvent"),
    ("payment_reversed", "Payment reversed"),
    ("cover_stops", "Cover stops"),
    ("cover_ends", "Cover ends"),
    ("over_limit", "Over the limit"),
    ("overdue_orders", "Overdue with open orders"),
    ("grade_drop", "Grade fell"),
    ("agreement_breach", "Agreement not kept"),
    ("signatory", "Not an authorised signatory"),
    ("limit_ends", "Temporary limit ends"),
    ("review_due", "Review is due"),
    ("report_old", "Report is old"),
    ("provider_down", "Report provider is down"),
]
#: What happened once; it does not hold for a while, so dealing with it ends it.
EVENTS = ("grade_drop", "agreement_breach", "signatory", "payment_reversed")
#: What is still in the list of a person: new, or dealt with but still true.
LIVING = ("open", "noted")
GUARDED = {
    "profile_id",
    "company_id",
    "kind",
    "key",
    "amount",
    "figures",
    "said",
    "state",
    "stage",
    "opened_on",
    "closed_on",
    "noted_by_id",
    "quiet_until",
    "digest_id",
}
_SILENT = {
    "mail_activity_quick_update": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
}


class O2cCreditAlert(models.Model):
    """One open alert per customer, kind and key. It closes by itself when it no longer
    holds; somebody who dealt with it keeps it quiet for a month."""

    _name = "o2c.credit.alert"
    _description = "Credit Alert"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_deadline, id desc"
    _rec_name = "kind"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    profile_id = fields.Many2one(
        "o2c.risk.profile", index="btree_not_null", ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(
        related="profile_id.partner_id", string="Customer", store=True, index=True
    )
    grade = fields.Selection(related="profile_id.grade")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, string="About", required=True, readonly=True)
    key = fields.Char(readonly=True, help="Which one, where there can be several.")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        tracking=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who looks at it: the responsible of the customer, else the credit "
        "controller of the company.",
    )
    amount = fields.Monetary(readonly=True)
    date_deadline = fields.Date(string="By", readonly=True)
    figures = fields.Json(readonly=True)
    said = fields.Text(readonly=True)
    text = fields.Text(string="What Is the Matter", compute="_compute_text")
    stage = fields.Integer(readonly=True, help="Days before the end at which it told.")
    state = fields.Selection(
        [("open", "To look at"), ("noted", "Dealt with"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    opened_on = fields.Date(required=True, readonly=True)
    closed_on = fields.Date(readonly=True)
    noted_by_id = fields.Many2one("res.users", string="Dealt With By", readonly=True)
    quiet_until = fields.Date(
        readonly=True, help="If it still holds on this day, it asks again."
    )
    outcome = fields.Text(help="What was done about it, for the file.", tracking=True)
    digest_id = fields.Many2one(
        "o2c.credit.digest", index="btree_not_null", ondelete="set null", readonly=True
    )
    digest_on = fields.Date(
        related="digest_id.date", string="Mailed On", help="The daily mail it was in."
    )

    _living_uniq = models.UniqueIndex(
        "(company_id, COALESCE(profile_id, 0), kind, key)"
        " WHERE state IN ('open', 'noted')",
        "This alert is open already.",
    )
    _event_idx = models.Index("(profile_id, kind, key) WHERE state = 'closed'")

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for alert in self:
            parts = (alert.partner_id.display_name, kinds.get(alert.kind))
            alert.display_name = " · ".join(part for part in parts if part)

    def write(self, vals):
        if GUARDED & vals.keys():
            raise AccessError(
                self.env._("An alert is dealt with by its button, not by editing it.")
            )
        result = super().write(vals)
        if "user_id" in vals:
            activities = self.sudo().activity_ids
            activities.with_context(mail_activity_quick_update=True).write(
                {"user_id": vals["user_id"] or self.env.uid}
            )
        return result

    def _record(self, vals):
        """Write what nobody may edit by hand."""
        return super().write(vals)

    @api.model
    def _raise(self, vals_list, today=None):
        """Open alerts, or bring those that are open up to date; never twice.

        :param list vals_list: dicts with ``profile_id`` (or ``company_id`` where no
            customer is meant), ``kind`` and, as needed, ``key``, ``amount``,
            ``date_deadline``, ``figures``, ``stage`` and ``text``
        :param date today: date in the company; the present one when not given
        :return: the alerts, in sudo; an event that was closed is not opened again
        """
        alerts = self.sudo().with_context(**_SILENT)
        ids = [vals["profile_id"] for vals in vals_list if vals.get("profile_id")]
        profiles = self.env["o2c.risk.profile"].sudo().browse(ids)
        wanted = {}
        for vals in vals_list:
            # one read for all of them
            profile = profiles.browse(vals.get("profile_id")).with_prefetch(ids)
            company = profile.company_id.id or vals["company_id"]
            wanted[(company, profile.id, vals["kind"], vals.get("key") or "")] = vals
        known = alerts._known(wanted)
        fresh, raised = [], alerts.browse()
        for identity, vals in wanted.items():
            alert = known.get(identity)
            if alert:
                alert._update(vals, today)
                raised |= alert
            else:
                fresh.append(alerts._values(identity, vals, today))
        made = alerts.create(fresh)
        made._assign()
        return raised | made

    @api.model
    def _known(self, wanted):
        """Living alerts, and closed events, of these identities."""
        if not wanted:
            return {}
        found = self.search(
            [
                ("company_id", "in", list({one[0] for one in wanted})),
                ("profile_id", "in", list({one[1] for one in wanted})),
                ("kind", "in", list({one[2] for one in wanted})),
                "|",
                ("state", "in", LIVING),
                "&",
                ("kind", "in", EVENTS),
                ("key", "!=", ""),
            ],
            order="state desc, id",
        )
        return {alert._identity(): alert for alert in found}

    def _identity(self):
        self.ensure_one()
        return (self.company_id.id, self.profile_id.id, self.kind, self.key or "")

    @api.model
    def _values(self, identity, vals, today=None):
        """Values of a new alert."""
        company = self.env["res.company"].sudo().browse(identity[0])
        profile = self.env["o2c.risk.profile"].sudo().browse(identity[1])
        today = today or company._o2c_today()
        return {
            "company_id": company.id,
            "profile_id": profile.id,
            "kind": identity[2],
            "key": identity[3],
            "amount": vals.get("amount") or 0.0,
            "date_deadline": vals.get("date_deadline") or today,
            "figures": vals.get("figures"),
            "said": vals.get("text"),
            "stage": vals.get("stage") or 0,
            "opened_on": today,
            "user_id": profile.user_id.id or company._o2c_credit_owner().id,
        }

    def _update(self, vals, today=None):
        """New figures of an alert that is known; a nearer end wakes it up again."""
        self.ensure_one()
        if self.state == "closed":
            return
        news = {
            "amount": vals.get("amount") or 0.0,
            "figures": vals.get("figures"),
            "said": vals.get("text") or False,
            "stage": vals.get("stage") or 0,
        }
        if vals.get("date_deadline"):
            news["date_deadline"] = vals["date_deadline"]
        currency = self.currency_id
        changed = {
            name: value
            for name, value in news.items()
            if (
                currency.compare_amounts(value, self.amount)
                if name == "amount"
                else (value or False) != (self[name] or False)
            )
        }
        nearer = news["stage"] != self.stage
        today = today or self.company_id._o2c_today()
        again = self.state == "noted" and (
            nearer or (self.quiet_until and self.quiet_until <= today)
        )
        if nearer or again:
            changed |= {"digest_id": False}
        if again:
            changed |= {"state": "open", "quiet_until": False}
        if changed:
            self._record(changed)
        if again:
            self._assign()

    @api.model
    def _settle(self, profile_ids, kind, keys=None):
        """Close what no longer holds.

        :param profile_ids: ids of risk profiles
        :param keys: only these keys; all when None
        :return: the alerts that were closed
        """
        domain = [
            ("profile_id", "in", list(profile_ids)),
            ("kind", "=", kind),
            ("state", "in", LIVING),
        ]
        if keys is not None:
            domain.append(("key", "in", list(keys)))
        alerts = self.sudo().search(domain)
        alerts._close()
        return alerts

    def _close(self):
        """It no longer holds, or it was an event and somebody dealt with it."""
        silent = self.sudo().with_context(**_SILENT)
        for company, alerts in silent.grouped("company_id").items():
            alerts._record({"state": "closed", "closed_on": company._o2c_today()})
        silent._drop_activities()

    def _drop_activities(self):
        self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()

    def _assign(self):
        """One activity each for the owner, made as a set; only where credit is live."""
        acting = {
            company: company._o2c_credit_acting() for company in self.sudo().company_id
        }
        model = self.env["ir.model"]._get_id(self._name)
        kind = self.env.ref("o2c_credit.mail_activity_alert").id
        values = []
        for alert in self.sudo():
            # a provider has its own activity, at the provider
            if alert.kind == "provider_down" or acting[alert.company_id] != "live":
                continue
            theirs = alert.with_context(lang=alert.user_id.lang)
            values.append(
                {
                    "activity_type_id": kind,
                    "automated": True,
                    "res_model_id": model,
                    "res_id": alert.id,
                    "user_id": alert.user_id.id,
                    "date_deadline": alert.date_deadline,
                    "summary": theirs.display_name,
                }
            )
        self.env["mail.activity"].sudo().with_context(**_SILENT).create(values)
