"""The reasons in words, for who decides."""

from odoo import fields, models
from odoo.tools import format_amount, format_date


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    def _explain(self):
        """Every reason in a sentence, the surest first."""
        self.ensure_one()
        return " ".join(self._sentences())

    def _sentences(self):
        """The same as a list, for the desk."""
        self.ensure_one()
        said = [self._sentence(code, facts or {}) for code, facts in self.reasons or ()]
        registered = self.item_ids.filtered(lambda item: item.sort == "payment")
        if registered:
            said.append(
                self.env._(
                    "It confirms what was registered already: %s.",
                    ", ".join(registered.mapped("name")),
                )
            )
        return said

    def _sentence(self, code, facts):
        """One reason as a sentence; another add-on adds the reasons it sets.

        :param str code: a reason of the policy
        :param dict facts: names, counts, amounts, ids
        """
        told = {
            "names": ", ".join(facts.get("names", ())),
            "name": facts.get("name", ""),
            "reference": facts.get("reference", ""),
            "count": facts.get("count", 0),
            "ways": facts.get("ways", 0),
            "code": facts.get("code", ""),
            "amount": "",
            "payers": "",
            "day": "",
        }
        if facts.get("day"):
            day = fields.Date.to_date(facts["day"])
            told["day"] = format_date(self.env, day)
        if "amount" in facts:
            told["amount"] = format_amount(
                self.env, abs(float(facts["amount"])), self.currency_id
            )
        if "payers" in facts:
            partners = self.env["res.partner"].sudo().browse(facts["payers"]).exists()
            told["payers"] = ", ".join(partners.mapped("name"))
        words = {
            **self._words_of_references(told),
            **self._words_of_specifications(told),
            **self._words_of_payers(told),
            **self._words_of_amounts(told),
            **self._words_of_reversals(told),
        }
        return words.get(code, code)

    def _words_of_references(self, told):
        return {
            "structured": self.env._(
                "The payment reference is that of %(names)s.", **told
            ),
            "set_reference": self.env._(
                "The reference %(reference)s stands for %(names)s.", **told
            ),
            "number": self.env._("The text names %(names)s.", **told),
            "loose": self.env._("The text names part of a number: %(names)s.", **told),
            "paid_already": self.env._(
                "%(name)s is already paid on %(day)s: paid twice?", **told
            ),
            "credited_already": self.env._(
                "%(name)s was credited on %(day)s: nothing of it is open.", **told
            ),
            "listed": self.env._(
                "The text names %(names)s, some by their last digits: the sum fits.",
                **told,
            ),
            "typo": self.env._(
                "The text names a number that differs from %(name)s by one character.",
                **told,
            ),
        }

    def _words_of_specifications(self, told):
        return {
            "specified": self.env._(
                "The payment specification %(name)s of the customer has this sum.",
                **told,
            ),
            "specified_unknown": self.env._(
                "It also names what was not recognised: %(names)s.", **told
            ),
            "specified_less": self.env._(
                "It pays more than is open: %(names)s.", **told
            ),
            "specified_other": self.env._(
                "It also names documents of other customers: %(names)s.", **told
            ),
            "specified_off": self.env._(
                "It takes off %(amount)s that was not offered; that stays open.", **told
            ),
            "specified_several": self.env._(
                "%(count)s specifications have this sum; the oldest is shown.", **told
            ),
        }

    def _words_of_payers(self, told):
        return {
            "partner": self.env._("The bank line names this customer."),
            "account": self.env._("It comes from an account of this customer."),
            "learned": self.env._("He paid from this account before."),
            "name": self.env._("The payer's name is that of this customer."),
            "other_payer": self.env._(
                "It comes from an account of %(payers)s.", **told
            ),
            "shared_account": self.env._(
                "The account belongs to several customers: %(payers)s.", **told
            ),
            "several_customers": self.env._(
                "It pays for %(count)s customers at once.", **told
            ),
            "unknown": self.env._("Nobody is known by its text, account or name."),
            "nothing_fits": self.env._("His open items do not add up to this amount."),
            "by_hand": self.env._("Chosen by hand."),
        }

    def _words_of_amounts(self, told):
        return {
            "exact": self.env._("The amount is exactly what is open."),
            "discount": self.env._("The early payment discount was taken in time."),
            "discount_late": self.env._(
                "The early payment discount was taken after its last day."
            ),
            "instalment": self.env._("The amount is that of the next instalment."),
            "agreed": self.env._("The amount is what was agreed for this reference."),
            "small_difference": self.env._(
                "It differs by %(amount)s, which may be bank costs.", **told
            ),
            "some_of_them": self.env._("Some of what it names make this amount."),
            "with_more": self.env._(
                "With %(count)s more item of this customer it is exact.", **told
            ),
            "part": self.env._("It is a part of what is open."),
            "too_much": self.env._("It is more than what is open."),
            "other_money": self.env._(
                "The item is in other money; the bank's rate is used."
            ),
            "only_amount_of_his": self.env._("Only one of his items has this amount."),
            "same_amount": self.env._("One item has this amount."),
            "only_amount": self.env._(
                "Only one open item of all customers has this amount."
            ),
            "all_open": self.env._("It is everything that he owes."),
            "all_due": self.env._("It is everything that is due."),
            "sum_of": self.env._("%(count)s items together make it.", **told),
            "ambiguous": self.env._(
                "Items fit in %(ways)s ways or more; the oldest are shown. Please "
                "choose.",
                **told,
            ),
            "twin": self.env._(
                "The same line came before on this day: is it a double?"
            ),
        }

    def _words_of_reversals(self, told):
        return {
            "reversal": self.env._("The bank took a payment back."),
            "payout": self.env._("We paid the customer back what we owed him."),
            "end_to_end": self.env._("It has the end-to-end id of that payment."),
            "account_and_amount": self.env._(
                "Account and amount are those of that payment."
            ),
            "number_and_name": self.env._(
                "Number, name and amount are those of that payment."
            ),
            "later_original": self.env._(
                "The only payment that fits is of a later day than this. Choose it "
                "below when the bank meant it."
            ),
            "only_amount_back": self.env._("One payment of this amount came in."),
            "several_originals": self.env._(
                "Several payments may be meant. Please choose."
            ),
            "no_original": self.env._("The payment that it takes back is not found."),
            **{
                f"return_{meaning}": words
                for meaning, words in self._return_words().items()
            },
        }

    def _return_words(self):
        """What the reason code of the bank means."""
        return {
            "account_wrong": self.env._("The account number was wrong."),
            "account_closed": self.env._("The account is closed."),
            "account_blocked": self.env._("The account is blocked."),
            "account_consumer": self.env._("The account is a consumer's."),
            "not_allowed": self.env._("The account allows no direct debit."),
            "operation_code": self.env._("The bank could not read the order."),
            "no_money": self.env._("There was not enough money."),
            "double": self.env._("It was collected twice."),
            "creditor_unknown": self.env._("The creditor's id was not known."),
            "bank_unknown": self.env._("The bank could not be reached."),
            "settlement": self.env._("The banks could not settle it."),
            "format": self.env._("The format was wrong."),
            "recalled": self.env._("The payer's bank recalled it."),
            "no_mandate": self.env._("There was no valid mandate."),
            "disputed_by_payer": self.env._("The payer disputes the direct debit."),
            "deceased": self.env._("The payer has died."),
            "refused_by_payer": self.env._("The payer refused it."),
            "not_given": self.env._("The bank gives no reason."),
            "bank_wrong": self.env._("The bank's code was wrong."),
            "regulation": self.env._("Data that the law asks for was missing."),
            "refused_by_bank": self.env._("The payer told his bank to refuse it."),
            "too_late": self.env._("It came too late at the bank."),
        }
