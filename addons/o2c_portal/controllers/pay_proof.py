"""What a visitor of a pay page has shown: a paper, mail he reads, a code he typed."""

from odoo import fields
from odoo.http import request

from ..policy import mailed_code, proof

#: Who typed a mailed code, per customer and company, and until when he is believed.
PROVEN = "o2c_pay_proven"
#: Proofs of addresses that were mailed, per link.
MAILED = "o2c_pay_mailed"


class PayProof:
    """Kept in the visit, and looked at again each time: what is no longer true of the
    customer's contacts proves nothing any more."""

    def _pay_keep_mailed(self, link, token):
        """Remember that this visitor opened an address that was mailed."""
        if link._mailed_to(token):
            known = {**(request.session.get(MAILED) or {}), str(link.id): token}
            request.session[MAILED] = dict(list(known.items())[-20:])

    def _pay_proof(self, link):
        """What the visitor has shown, and the contact it speaks for."""
        if contact := self._pay_coded(link):
            return proof.CODE, contact
        mailed = (request.session.get(MAILED) or {}).get(str(link.id))
        if contact := mailed and link._mailed_to(mailed):
            return proof.MAIL, contact
        return proof.PAPER, request.env["res.partner"].sudo()

    def _pay_coded(self, link):
        """Contact whose mailed code was typed in this visit, not long ago."""
        nobody = request.env["res.partner"].sudo()
        key = f"{link.partner_id.id}.{link.company_id.id}"
        found = (request.session.get(PROVEN) or {}).get(key)
        now = fields.Datetime.to_string(fields.Datetime.now())
        if not found or found["until"] < now:
            return nobody
        contact = nobody.browse(found["contact"]).exists()
        # who moved to another customer, or lost the address, speaks for him no more
        known = contact.commercial_partner_id == link.partner_id
        return contact if known and contact.email == found["email"] else nobody

    def _pay_believe(self, link, contact):
        """Remember for a while that this visitor reads the customer's mail."""
        until = fields.Datetime.add(
            fields.Datetime.now(), minutes=mailed_code.PROVEN_MINUTES
        )
        proven = dict(request.session.get(PROVEN) or {})
        proven[f"{link.partner_id.id}.{link.company_id.id}"] = {
            "contact": contact.id,
            "email": contact.email,
            "until": fields.Datetime.to_string(until),
        }
        request.session[PROVEN] = dict(list(proven.items())[-10:])
