"""Making an export: sheets row by row into a workbook, hashes, signature, ZIP."""

import json
import logging
import os
import tempfile
import zipfile

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang, posix_to_ldml

from odoo.addons.o2c_dunning.policy.chain import digest

from ...policy.receivable_movement import KINDS
from ...tools.proof_book import ProofBook

_logger = logging.getLogger(__name__)


class O2cProofExport(models.Model):
    _inherit = "o2c.proof.export"

    @api.model
    def _cron_make(self):
        """Make what was ordered, one after another."""
        for export in self.search([("state", "=", "ordered")], order="id"):
            if not export.try_lock_for_update():
                continue
            company = export.company_id
            job = company._o2c_job(export).with_context(
                lang=export.lang or export.user_id.lang or self.env.lang
            )
            try:
                with tempfile.TemporaryDirectory() as folder:
                    job._make(folder)
            except Exception as error:
                _logger.exception("Export %s of %s", export.id, company.name)
                job._failed(error)
            self.env["ir.cron"]._commit_progress(processed=1)

    def _failed(self, error):
        """Say why; somebody may order it again."""
        run = self.run_id
        if run.state == "running":
            run._advance(failed=1)
            run._note("error", str(error))
            run._finish()
        self.write({"state": "failed", "error": str(error)})

    def _make(self, folder):
        """Write the workbook sheet by sheet, keep it with its signature."""
        self.ensure_one()
        company = self.company_id
        with self.env.cr.savepoint():
            statement = self.env["o2c.receivable.movement"]._statement(
                company, self.first, self.last
            )
        sheets = [
            self._ledger_sheet(),
            *self.env["o2c.proof.source"]._sheets(company, self.first, self.last),
        ]
        self.run_id = self.env["o2c.run"]._start(
            "proof_export", company, company._o2c_today(), len(sheets)
        )
        path = os.path.join(folder, "proof.xlsx")
        counts = {}
        with ProofBook(path, day=self._day_format()) as book:
            book.sheet(
                self.env._("Reconciliation"),
                [self.env._("What"), self.env._("Amount"), self.env._("Remark")],
                self._statement_rows(statement),
            )
            for sheet in sheets:
                with self.env.cr.savepoint():
                    counts[sheet["key"]] = book.sheet(
                        sheet["name"], sheet["columns"], sheet["rows"]
                    )
                self.run_id._advance(done=1)
                self.env["ir.cron"]._commit_progress()
        with self.env.cr.savepoint():
            self._keep(path, counts, statement)
        self.run_id._finish()

    def _keep(self, path, counts, statement):
        """Sign, pack and keep what was written."""
        key = self.env["o2c.proof.key"]._of(self.company_id)
        packed = f"{path}.zip"
        self._pack(path, packed, counts, key)
        with open(packed, "rb") as file:
            raw = file.read()
        name = f"proof-{self.company_id.id}-{self.first}-{self.last}.zip"
        attachment = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": raw,
                "mimetype": "application/zip",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        unexplained = statement.unexplained or statement.items_unexplained
        self.write(
            {kind: float(statement.movements.get(kind, 0)) for kind in KINDS}
            | {
                "opening": float(statement.opening),
                "closing": float(statement.closing),
                "unexplained": float(unexplained),
                "state": "done",
                "row_count": sum(counts.values()),
                "attachment_id": attachment.id,
                "sha256": digest(raw),
                "key_id": key.id,
            }
        )

    def _pack(self, path, packed, counts, key):
        """The ZIP: workbook, manifest, how to check, list of hashes and signature."""
        with open(path, "rb") as file:
            book = file.read()
        files = {
            "proof.xlsx": book,
            "manifest.json": json.dumps(
                self._manifest(counts, key), indent=1, ensure_ascii=False
            ).encode(),
            "README.txt": self._readme(key).encode(),
            "public_key.pem": key.public_pem.encode(),
        }
        hashes = "".join(f"{digest(raw)}  {name}\n" for name, raw in files.items())
        files["SHA256SUMS.txt"] = hashes.encode()
        files["SHA256SUMS.sig"] = key._sign(hashes.encode())
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, raw in files.items():
                archive.writestr(name, raw)

    def _manifest(self, counts, key):
        """What is in it, for a program."""
        return {
            "company": self.company_id.name,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "ordered_by": self.user_id.name,
            "ordered_at": self._told_at(self.create_date),
            "made_at": self._told_at(fields.Datetime.now()),
            "language": self.env.lang,
            "rows": counts,
            "key_fingerprint": key.fingerprint,
        }

    def _told_at(self, moment):
        """A moment on the clock of the workbook, with its distance to UTC."""
        return fields.Datetime.context_timestamp(self, moment).isoformat()

    def _day_format(self):
        """How the language writes a day, in the signs of a workbook."""
        lang = get_lang(self.env)
        locale = babel_locale_parse(lang.code)
        return posix_to_ldml(lang.date_format, locale).lower().replace("'", '"')

    def _clock(self):
        """The time zone in which moments are written."""
        return self.env.context.get("tz") or self.env.user.tz or "UTC"

    def _readme(self, key):
        """How somebody without this software checks the export."""
        return self.env._(
            "Files unchanged since the export?\n"
            "  sha256sum -c SHA256SUMS.txt\n"
            "List of hashes signed by the company?\n"
            "  openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin "
            "-in SHA256SUMS.txt -sigfile SHA256SUMS.sig\n"
            "Public key really the company's? Its fingerprint must be the one that the "
            "company told you by another way:\n"
            "  openssl pkey -pubin -in public_key.pem -outform DER | sha256sum\n"
            "  %(fingerprint)s\n"
            "Moments in the workbook and the manifest are on the clock of %(clock)s.\n",
            fingerprint=key.fingerprint,
            clock=self._clock(),
        )

    def _statement_rows(self, statement):
        """The reconciliation, to be read from top to bottom."""
        names = {
            "invoiced": self.env._("Invoiced"),
            "credited": self.env._("Credited"),
            "paid": self.env._("Paid, with discounts and small differences"),
            "written_off": self.env._("Written off"),
            "exchange": self.env._("Exchange differences"),
            "other": self.env._("Other entries (opening balances, corrections)"),
        }
        yield (
            self.env._("Open on the receivable accounts before"),
            float(statement.opening),
            self.first,
        )
        for kind in KINDS:
            yield names[kind], float(statement.movements.get(kind, 0)), ""
            if kind == "paid":
                yield self.env._("   of which money"), float(statement.money), ""
                yield (
                    self.env._("   of which discounts, differences and costs"),
                    float(statement.discounts),
                    "",
                )
        total = float(statement.opening + statement.moved)
        yield self.env._("= Open after"), total, self.last
        yield (
            self.env._("Balance of the receivable accounts"),
            float(statement.closing),
            self.env._("Trade receivables, posted entries, branches included"),
        )
        yield self.env._("Not explained"), float(statement.unexplained), ""
        yield self.env._("List of open items"), float(statement.items), ""
        yield (
            self.env._("Lines without a customer"),
            float(statement.nameless),
            self.env._("On the accounts, in no list of items"),
        )
        yield (
            self.env._("Between accounts and list, not explained"),
            float(statement.items_unexplained),
            "",
        )

    def _ledger_sheet(self):
        """The journal items behind the reconciliation."""
        kinds = {
            "invoiced": self.env._("Invoiced"),
            "credited": self.env._("Credited"),
            "paid": self.env._("Paid"),
            "written_off": self.env._("Written off"),
            "exchange": self.env._("Exchange difference"),
            "other": self.env._("Other"),
        }
        names = ("company", "date", "number", "account", "customer", "name", "ref")
        columns = [
            *(
                self.env._("Kind"),
                self.env._("Company"),
                self.env._("Date"),
                self.env._("Entry"),
                self.env._("Account"),
            ),
            *(
                self.env._("Customer"),
                self.env._("Label"),
                self.env._("Reference"),
                self.env._("Amount"),
            ),
            *(self.env._("In Currency"), self.env._("Currency")),
        ]
        items = self.env["o2c.receivable.movement"]._rows(
            self.company_id, self.first, self.last
        )
        return {
            "key": "ledger",
            "name": self.env._("Journal items"),
            "columns": columns,
            "rows": (
                (
                    kinds[row["kind"]],
                    *(row[name] for name in names),
                    float(row["balance"]),
                    float(row["amount_currency"]),
                    row["currency"],
                )
                for row in items
            ),
        }
