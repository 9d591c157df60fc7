"""Money that comes in: where add-ons that do not know each other meet about it."""

from odoo import api, models


class O2cMoneyIn(models.AbstractModel):
    """What is known about money on its way to an invoice; answered by who knows."""

    _name = "o2c.money.in"
    _description = "Money In"

    @api.model
    def _references(self, company):
        """Hook: references that a customer may mention for one or several documents.

        :param company: ``res.company`` record
        :return: list of (reference, list of ``account.move`` ids)
        """
        return []

    @api.model
    def _instalments(self, company):
        """Hook: references under which a part of what is open was agreed or told.

        :param company: ``res.company`` record
        :return: list of (reference, list of ``account.move`` ids in the order in which
            money is booked on them, set of amounts as ``Decimal`` that are as agreed)
        """
        return []

    @api.model
    def _specifications(self, company):
        """Hook: what customers wrote that one transfer of theirs pays, row by row.

        :param company: ``res.company`` record
        :return: list of dicts with ``key`` (a text that tells which it is), ``name``
            (for people), ``debtor`` (id of the ``res.partner`` it is from),
            ``amount`` (``Decimal``, the sum of all its rows), ``currency_id``,
            ``reference`` (what the transfer mentions, or False), ``parts`` (list of
            (``account.move`` id, ``Decimal`` paid, ``Decimal`` taken off)) and
            ``unknown`` (texts of rows in which no open document was recognised)
        """
        return []

    @api.model
    def _specifications_used(self, company, keys, used=True):
        """Hook: money was booked as these say; or that was undone.

        :param company: ``res.company`` record
        :param keys: of :meth:`_specifications`
        :param bool used: False when the booking was undone
        """

    @api.model
    def _expected(self, company):
        """Hook: bank lines that nobody booked yet, and the open items that they
        probably pay.

        :param company: ``res.company`` record; its branches count
        :return: list of dicts with ``statement_line_id``, ``line_id`` (the receivable
            line, or None when the line is known to be for no open item), ``day``,
            ``amount``, ``currency_id``, ``text`` and ``certainty``
        """
        return []
