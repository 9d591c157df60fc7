"""What is wrong with an order that came in, and what to do about it."""

from odoo import api, models
from odoo.tools import format_date

from ...policy import order_call, order_file


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    @api.model
    def _problem_words(self, problem):
        """Line, column and what to do.

        :param problem: :class:`~.policy.order_file.Problem`
        """
        words = {
            **self._file_words(problem),
            **self._value_words(problem),
            **self._meaning_words(problem),
        }
        what = words.get(problem.code, problem.value)
        where = (
            self.env._("Line %s", problem.line) if problem.line else self.env._("File")
        )
        return (
            f"{where}, {problem.field}: {what}" if problem.field else f"{where}: {what}"
        )

    @api.model
    def _file_words(self, problem):
        """The file as a whole."""
        return {
            "column": self.env._(
                "this column is not known here; known are %s",
                ", ".join(
                    (*order_call.OF_ORDER, *order_call.OF_LINE)
                    if self.channel == "api"
                    else order_file.COLUMNS
                ),
            ),
            "twice": self.env._("this column is there twice: leave one out"),
            "missing": self.env._("this column is missing: add it"),
            "empty": self.env._("there are no order lines in the file"),
            "too_long": self.env._("there are more than %s lines: split the file")
            % problem.value,
            "csv": self.env._(
                "the file is damaged here (%s). Save it again as CSV UTF-8."
            )
            % problem.value,
            "json": self.env._("this is no complete JSON"),
            "no_list": self.env._("this is no list of orders"),
            "no_dict": self.env._("this is no order or line with named values"),
            "no_order": self.env._(
                "this is no UBL order but %s. Enter it by hand, or ask for an order."
            )
            % problem.value,
            "no_namespace": self.env._(
                "this order does not say that it is UBL (its namespace): ask the "
                "sender for a UBL 2 order"
            ),
            "cells": self.env._(
                "the line has %s cells, more than there are columns: is a separator "
                "in a text?"
            )
            % problem.value,
        }

    @api.model
    def _value_words(self, problem):
        """One value, as it is written."""
        value = problem.value
        return {
            "required": self.env._("is empty: fill it in"),
            "number": self.env._("“%s” is not a number") % value,
            "text": self.env._("is neither a text nor a number"),
            "positive": self.env._(
                "“%s” is not more than zero; what comes back is a credit note, no order"
            )
            % value,
            "negative": self.env._("“%s” is less than zero") % value,
            "large": self.env._("“%s” is larger than any order") % value,
            "ambiguous": self.env._(
                "“%s” can mean two things: write it without thousands separator"
            )
            % value,
            "date": self.env._("“%s” is not a date (2026-03-31)") % value,
            "another": self.env._(
                "“%s”: an order has one customer and one currency. Write here what is "
                "right for the whole order, and try again."
            )
            % value,
            "apart": self.env._(
                "if this line belongs to another order than “%s”: write the number of "
                "that order here, and try again"
            )
            % value,
        }

    @api.model
    def _meaning_words(self, problem):
        """One value, as we know it here."""
        value = problem.value
        return {
            "unknown": self.env._(
                "“%s” was not found: choose what is meant, or add it and try again"
            )
            % value,
            "several": self.env._("“%s” fits more than one: choose which is meant")
            % value,
            "closed": self.env._(
                "“%s” is archived: make the customer active again, or choose another"
            )
            % value,
            "unsold": self.env._(
                "“%s” is no longer sold: choose another article, or make it active"
            )
            % value,
            "unit": self.env._("“%s”: the article is not sold in this unit") % value,
            "currency": self.env._(
                "“%s”: the prices of this customer are in another currency. Give him "
                "a price list in this one, or enter the order by hand."
            )
            % value,
            "sender": self.env._(
                "%s sent this and is no contact of this customer. If it is right, "
                "press Sender Is Right."
            )
            % value,
            "merged": self.env._(
                "order %s is a quotation already: add this line there by hand and set "
                "this one aside"
            )
            % value,
            "changed": self.env._(
                "it was taken in before and stands there with another quantity "
                "(%s). If the customer changed his order, change it there and press "
                "Try Again; else set this one aside."
            )
            % value,
            "refused": self.env._("the quotation was refused: %s") % value,
        }

    @api.model
    def _remark_words(self, remark):
        """What a person should know before he confirms."""
        where = self.env._("Line %s: ", remark.line) if remark.line else ""
        if remark.code.startswith("missing_"):
            sendings = self.env["o2c.sending"]
            what = self.env._(
                "For the invoice: %s.",
                sendings._problem_words(remark.code.removeprefix("missing_")),
            )
        else:
            what = {
                "price": self.env._(
                    "the customer expects %(theirs)s, our price is %(ours)s",
                    theirs=remark.field,
                    ours=remark.value,
                ),
                "past": self.env._(
                    "The customer asks for delivery on %s, and that day has passed: "
                    "agree another day with him.",
                    format_date(self.env, remark.value)
                    if remark.code == "past"
                    else "",
                ),
                "note": self.env._("The customer writes: %s", remark.value),
                "allowance": self.env._(
                    "the customer counts on a discount or charge; it was not taken over"
                ),
            }.get(remark.code, remark.value)
        return f"{where}{what}"
