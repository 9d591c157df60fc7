"""The key with which a company signs what it hands to an auditor."""

import hashlib

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class O2cProofKey(models.Model):
    """An Ed25519 key pair. The private half never leaves the database; the public
    half and its fingerprint are for everybody who checks an export."""

    _name = "o2c.proof.key"
    _description = "Signing Key"
    _order = "id desc"
    _rec_name = "fingerprint"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    made_on = fields.Datetime(
        default=fields.Datetime.now, readonly=True, help="From when it signs."
    )
    retired_on = fields.Datetime(
        readonly=True, help="Since then another key signs; old exports stay valid."
    )
    public_pem = fields.Text(
        string="Public Key",
        required=True,
        readonly=True,
        help="Give it to your auditor by another way than the export itself.",
    )
    fingerprint = fields.Char(
        required=True,
        readonly=True,
        help="SHA-256 of the public key. Compare it by phone or keep it on paper.",
    )
    private_pem = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)

    _live_uniq = models.UniqueIndex(
        "(company_id) WHERE retired_on IS NULL", "A company signs with one key."
    )

    @api.model
    def _of(self, company):
        """The key that signs now; made when there is none.

        :param company: root ``res.company``
        """
        key = self.sudo().search(
            [("company_id", "=", company.id), ("retired_on", "=", False)]
        )
        return key or self._make(company)

    @api.model
    def _make(self, company):
        """A new key pair."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key()
        raw = public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return self.sudo().create(
            {
                "company_id": company.id,
                "fingerprint": hashlib.sha256(raw).hexdigest(),
                "public_pem": public.public_bytes(
                    serialization.Encoding.PEM,
                    serialization.PublicFormat.SubjectPublicKeyInfo,
                ).decode(),
                "private_pem": private.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                ).decode(),
            }
        )

    def _sign(self, data):
        """The signature of data.

        :param bytes data: what is signed
        :return: 64 bytes
        """
        self.ensure_one()
        private = serialization.load_pem_private_key(
            self.sudo().private_pem.encode(), password=None
        )
        return private.sign(data)

    def action_replace(self):
        """Sign with a new key from now on: the old one may be known to others."""
        if not self.env.user.has_group("account.group_account_manager"):
            raise AccessError(self.env._("An accounting manager replaces the key."))
        self.check_access("read")
        for key in self.sudo():
            if key.retired_on:
                raise UserError(self.env._("This key was replaced already."))
            key.retired_on = fields.Datetime.now()
            key.flush_recordset()
            self._make(key.company_id)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
