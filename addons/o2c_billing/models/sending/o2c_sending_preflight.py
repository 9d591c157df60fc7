"""What is missing before a document is made, and who is asked for it."""

from datetime import timedelta

from odoo import api, fields, models

from ...policy import channel as ways
from ...policy import preflight as policy

#: Problem of the preflight to the problem of a contact data task.
TASKS = {
    "email_missing": "email_missing",
    "address_missing": "address_missing",
    "registration_missing": "registration_missing",
    "contact_archived": "other",
}
#: Problems of a way that another way does not have.
WAY_PROBLEMS = {
    ways.EMAIL: {"email_missing"},
    ways.NETWORK: {"email_missing", "registration_missing", "address_missing"},
    ways.PORTAL: {"email_missing"},
    ways.POST: {"address_missing"},
}


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    def _preflight(self):
        """Block what cannot be sent and ask for what is missing.

        :return: True when nothing is missing
        """
        self.ensure_one()
        self.partner_id = self.move_id._o2c_recipient()
        problems = policy.problems(self._facts())
        if not problems:
            return True
        words = "; ".join(self._problem_words(one.code) for one in problems)
        whose = {one.whose for one in problems}
        waits_for = next(
            one for one in ("company", "document", "customer", "person") if one in whose
        )
        later = fields.Datetime.now() + timedelta(hours=1)
        self._block(
            f"{words[0].upper()}{words[1:]}.",
            waits_for,
            False if "person" in whose else later,
        )
        self._ask_for(problems)
        codes = {one.code for one in problems}
        if codes <= WAY_PROBLEMS.get(self.channel, set()) and self._go_other_way():
            self._settle()
        return False

    def _facts(self):
        """This document by this way, as the preflight reads it."""
        self.ensure_one()
        move = self.move_id
        customer = move.commercial_partner_id.with_company(move.company_id)
        preference = self._preference()
        own = move.company_id.partner_id
        settled = move.payment_state in ("paid", "in_payment", "reversed")
        return policy.Document(
            method=self.channel,
            format=customer.invoice_edi_format or "",
            email=self.partner_id.email or "",
            customer=self._party(customer, move._o2c_buyer_address()),
            company=self._party(own, own),
            bank_account=bool(move.partner_bank_id),
            credit_note=move.move_type == "out_refund",
            due_date=bool(move.invoice_date_due),
            term=bool(
                move.invoice_payment_term_id
                or settled
                or move.invoice_date_due != move.invoice_date
            ),
            order_reference=bool(move._o2c_order_reference()),
            order_reference_required=customer.o2c_order_reference_required,
            active=self.partner_id.active,
            notice=preference.portal_notice if preference else True,
            upload_url=bool(preference.upload_url),
        )

    @api.model
    def _party(self, entity, address):
        return policy.Party(
            country=address.country_id.code or "",
            street=address.street or "",
            zip=address.zip or "",
            city=address.city or "",
            registry=entity.company_registry or "",
            endpoint=entity.peppol_endpoint or "",
            scheme=entity.peppol_eas or "",
        )

    @api.model
    def _problem_words(self, code):
        """What is missing, for a person."""
        return {
            "email_missing": self.env._("the customer has no e-mail address"),
            "contact_archived": self.env._(
                "the customer and its contacts are archived"
            ),
            "address_missing": self.env._(
                "the customer's address is incomplete (street, postcode, city, country)"
            ),
            "registration_missing": self.env._(
                "the customer has no KvK or OIN number or electronic address; the "
                "e-invoice that goes along needs one"
            ),
            "own_registration_missing": self.env._("our own company has no KvK number"),
            "own_address_missing": self.env._("our own address is incomplete"),
            "own_bank_missing": self.env._("the invoice has no bank account of ours"),
            "upload_url_missing": self.env._(
                "the address of the customer's supplier portal is missing (Sending "
                "Preferences)"
            ),
            "order_reference_missing": self.env._(
                "the customer's order number is missing (field Customer Reference)"
            ),
            "due_date_missing": self.env._("the due date is missing"),
            "term_missing": self.env._(
                "no payment term stands on it (reset it to draft and choose one)"
            ),
            "by_hand": self.env._(
                "this customer's invoices are sent by hand: download it, send it, and "
                "press Sent by Hand"
            ),
        }[code]

    def _ask_for(self, problems):
        """Ask whoever can mend it: the task of the customer, the owner of the rest, and
        the customer himself when the company wants that."""
        move = self.move_id
        for one in problems:
            words = self._problem_words(one.code)
            if one.code in TASKS:
                self.env["o2c.contact.task"]._open(
                    self.partner_id or move.commercial_partner_id,
                    self.company_id,
                    TASKS[one.code],
                    self.env._(
                        "Invoice %(number)s waits: %(problem)s.",
                        number=move.name,
                        problem=words,
                    ),
                )
            elif one.whose != policy.PERSON:
                self._ask_once(self._owner(move, one.whose), words)
        codes = [one.code for one in problems if one.code in policy.ASKABLE]
        if codes and self.company_id.o2c_ask_customer and self.partner_id.email:
            self.env["o2c.data.request"]._ask(move, self.partner_id, codes)

    def _ask_once(self, user, words):
        """One activity per document and owner, however often it is looked at."""
        move = self.move_id
        kind = self.env.ref("o2c_billing.o2c_missing_activity")
        mine = move.activity_ids.filtered(
            lambda one: one.user_id == user and one.activity_type_id == kind
        )
        if user and not mine:
            move.activity_schedule(
                "o2c_billing.o2c_missing_activity",
                date_deadline=self.company_id._o2c_today(),
                user_id=user.id,
                summary=f"{words[:1].upper()}{words[1:]}",
            )

    def _answered(self):
        """What was asked is there: close the activities about it, go on."""
        self.move_id._o2c_close_activities("o2c_billing.o2c_missing_activity")
        self._again()
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()
