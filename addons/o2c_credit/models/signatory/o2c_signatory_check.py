"""Is this an authorised signatory? Asked for quotes, agreements and plans alike."""

from odoo import api, models

from ...policy.report.signing import Signatory
from ...policy.signatory import SignatoryVerdict, check_signatory
from ..profile.o2c_exposure import to_money


class O2cSignatoryCheck(models.AbstractModel):
    """One question; the answer is a ``SignatoryVerdict`` with a code."""

    _name = "o2c.signatory.check"
    _description = "Signatory Check"

    @api.model
    def _check(self, partner, contact_or_name, amount, company):
        """Whether somebody may bind a customer for an amount.

        :param partner: the customer; the commercial entity counts
        :param contact_or_name: ``res.partner`` that accepted, or the name that was
            written
        :param amount: in company currency
        :param company: ``res.company``; its root counts
        :return: ``SignatoryVerdict``; ``no_list`` when the setting is off, the amount
            is not above the company's, or no report names signatories
        """
        root = company.root_id.sudo()
        amount = to_money(amount)
        if (
            root.o2c_signatory_mode == "off"
            or amount <= to_money(root.o2c_signatory_amount)
            or not contact_or_name
        ):
            return SignatoryVerdict("no_list")
        customer = partner.sudo().commercial_partner_id
        facts = self.env["o2c.credit.report"]._known_facts(root, customer.ids)
        people = facts.get(customer.id, {}).get("persons") or ()
        name, recognised = contact_or_name, ()
        if not isinstance(contact_or_name, str):
            contact = contact_or_name.sudo()
            name = contact.name or ""
            recognised = tuple(
                index
                for index, person in enumerate(people)
                if person.contact_id == contact
            )
        return check_signatory(
            name,
            tuple(
                Signatory(person.name, person.signs, to_money(person.amount))
                for person in people
            ),
            amount,
            recognised,
        )

    @api.model
    def _look(self, record, partner, contact_or_name, amount, what):
        """Look at who accepted a record, and do what the company chose.

        Setting *tell*: an alert with owner, and an internal note where credit is
        live. Setting *hold*: the caller makes it wait, with the words returned.

        :param record: what was accepted: a contract, an agreement, a plan; it has a
            ``company_id`` and a conversation
        :param partner: the customer who is bound by it
        :param contact_or_name: ``res.partner`` that accepted, or the name that was
            written
        :param amount: what it is about, in company currency
        :param str what: how colleagues call the record
        :return: why it has to wait, "" when it need not
        """
        root = record.sudo().company_id.root_id
        if root._o2c_credit_acting() == "off":
            return ""
        verdict = self._check(partner, contact_or_name, amount, root)
        if not verdict.refused:
            return ""
        name = contact_or_name
        if not isinstance(name, str):
            name = contact_or_name.sudo().name or ""
        if root.o2c_signatory_mode == "hold":
            return self._words(verdict, name)
        self._tell(record, partner, verdict, name, amount, what)
        return ""

    @api.model
    def _tell(self, record, partner, verdict, name, amount, what, key=None):
        """An alert with owner, once per record, and an internal note on it."""
        root = record.sudo().company_id.root_id
        debtor = partner.sudo().commercial_partner_id
        [profile] = self.env["o2c.risk.profile"].sudo()._ensure(root, debtor)
        owner = profile.user_id or root._o2c_credit_owner()
        text = self.with_context(lang=owner.lang)._words(verdict, name)
        self.env["o2c.credit.alert"].sudo()._raise(
            [
                {
                    "profile_id": profile.id,
                    "kind": "signatory",
                    "key": key or f"{record._name}:{record.id}",
                    "amount": float(amount),
                    "text": f"{what}: {text}",
                }
            ]
        )
        if root._o2c_credit_acting() == "live":
            record.sudo().message_post(
                body=text,
                author_id=self.env.ref("base.partner_root").id,
                subtype_xmlid="mail.mt_note",
            )

    @api.model
    def _words(self, verdict, name):
        """What is told to colleagues about a signature that was refused."""
        texts = {
            "above_amount": self.env._(
                "%s may sign, but not for this amount, says the newest report.", name
            ),
            "jointly": self.env._(
                "%s may sign only together with others, says the newest report.", name
            ),
            "may_not": self.env._("%s may not sign, says the newest report.", name),
            "unknown_person": self.env._(
                "%s is not one of the signatories of the newest report.", name
            ),
        }
        return texts.get(verdict.code, "")
