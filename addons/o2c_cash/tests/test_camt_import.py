"""A CAMT.053 file of a weekend: looked at, taken in once, matched at once."""

import base64
from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import camt053
from .common import IBAN, CashCommon

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="{NAMESPACE}"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>"""
TAIL = "</BkToCstmrStmt></Document>"


def statement(
    *entries,
    opening="1000.00",
    closing="1000.00",
    account="NL02ABNA0123456789",
    currency="EUR",
):
    balances = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<Dt><Dt>2026-03-06</Dt></Dt></Bal>"
        for code, amount in (("OPBD", opening), ("CLBD", closing))
    )
    return (
        f"<Stmt><Id>S1</Id><ElctrncSeqNb>17</ElctrncSeqNb><Acct><Id><IBAN>{account}"
        f"</IBAN></Id><Ccy>{currency}</Ccy></Acct>{balances}{''.join(entries)}</Stmt>"
    )


def entry(amount, detail="", sign="CRDT", ref="R1", status="BOOK"):
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        f"<Sts>{status}</Sts><BookgDt><Dt>2026-03-05</Dt></BookgDt>"
        f"<AcctSvcrRef>{ref}</AcctSvcrRef><NtryDtls>{detail}</NtryDtls></Ntry>"
    )


def detail(text, end_to_end="NOTPROVIDED", iban=IBAN, amount="", extra="", side="Dbtr"):
    part = f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>'
    return (
        f"<TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>"
        f"{part if amount else ''}<RltdPties><{side}><Nm>Bakkerij Proef</Nm></{side}>"
        f"<{side}Acct><Id><IBAN>{iban}</IBAN></Id></{side}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>{extra}</TxDtls>"
    )


@tagged("post_install", "-at_install")
class TestCamtImport(CashCommon):
    def _wizard(self, *statements, raw=None, user=None):
        content = raw or (HEAD + "".join(statements) + TAIL).encode()
        wizard = (
            self.env["o2c.camt.import"]
            .with_user(user or self.clerk)
            .with_company(self.company)
            .new({"content": base64.b64encode(content), "filename": "weekend.xml"})
        )
        wizard._onchange_content()
        return wizard

    def _import(self, *statements):
        wizard = self._wizard(*statements)
        saved = wizard.create({"content": wizard.content, "filename": "weekend.xml"})
        return saved.action_import()

    def _lines(self):
        return self.env["account.bank.statement.line"].search(
            [("journal_id", "=", self.journal.id)], order="id"
        )

    def test_a_weekend_is_looked_at_taken_in_and_matched(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        told = statement(
            entry("1210.00", detail(f"fact {invoice.name}", "E2E-1")),
            entry("10.00", detail("kosten", side="Cdtr"), "DBIT", "R2"),
            opening="1000.00",
            closing="2200.00",
        )
        preview = self._wizard(told).line_ids
        self.assertEqual(preview.journal_id, self.journal)
        self.assertEqual((preview.count, preview.new_count), (2, 2))
        self.assertFalse(preview.problem)
        self.assertTrue(self._wizard(told).ready)
        self._import(told)
        came, left = self._lines()
        self.assertEqual((came.amount, left.amount), (1210, -10))
        self.assertEqual(came.partner_name, "Bakkerij Proef")
        self.assertEqual(came.account_number, IBAN)
        self.assertEqual(came.statement_id.balance_end_real, 2200)
        match = self._match(came)
        self.assertEqual(
            (match.certainty, match.item_ids.move_id), ("certain", invoice)
        )

    def test_the_same_file_twice_is_taken_in_once(self):
        told = statement(entry("12.00", detail("x")), closing="1012.00")
        self._import(told)
        self.assertEqual(self._wizard(told).line_ids.new_count, 0)
        with self.assertRaisesRegex(UserError, "imported before"):
            self._import(told)
        self.assertEqual(len(self._lines()), 1)

    def test_the_preview_tells_what_is_left_out_and_why(self):
        same = entry("12.00", detail("x 1"))
        told = statement(same, same, closing="1024.00")
        line = self._wizard(told).line_ids
        self.assertEqual((line.count, line.new_count), (2, 1))
        self.assertIn("twice in this file", line.note)
        self.assertIn("12.00", line.note)
        self.assertIn("x 1", line.note)
        self._import(told)
        more = statement(same, entry("5.00", detail("y"), ref="R2"), closing="1017.00")
        line = self._wizard(more).line_ids
        self.assertEqual(line.new_count, 1)
        self.assertIn("imported before: 03/05/2026", line.note)
        self.assertIn("All of it", self._wizard(statement(same)).line_ids.note)

    def test_a_file_that_does_not_follow_the_last_one_says_so(self):
        """Also when the last one had a double, so that no statement was made of it."""
        same = entry("12.00", detail("x"))
        self._import(statement(same, same, closing="1024.00"))
        later = statement(
            entry("5.00", detail("y"), ref="R2"), opening="5000.00", closing="5005.00"
        )
        later = later.replace("SeqNb>17<", "SeqNb>19<")
        note = self._wizard(later).line_ids.note
        self.assertIn("Statement 19 follows 17", note)
        self.assertIn("5,000.00", note)
        self.assertIn("1,024.00", note)
        next_ = statement(
            entry("5.00", detail("y"), ref="R2"), opening="1024.00", closing="1029.00"
        ).replace("SeqNb>17<", "SeqNb>18<")
        self.assertFalse(self._wizard(next_).line_ids.note)
        after = statement(
            entry("6.00", detail("z"), ref="R3"), opening="1029.00", closing="1035.00"
        ).replace("SeqNb>17<", "SeqNb>19<")
        self.assertFalse(any(self._wizard(next_, after).line_ids.mapped("note")))

    def test_what_was_sent_in_other_money_stands_on_the_desk(self):
        sent = '<AmtDtls><InstdAmt><Amt Ccy="USD">345.09</Amt></InstdAmt></AmtDtls>'
        same = sent.replace("USD", "EUR")
        self._import(
            statement(
                entry("296.20", detail("x", extra=sent)),
                entry("5.00", detail("y", extra=same), ref="R2"),
                closing="1301.20",
            )
        )
        first, second = (
            self._match(line).with_user(self.clerk).get_desk_match()
            for line in self._lines()
        )
        self.assertIn("345.09", first["sent"])
        self.assertIn("$", first["sent"])
        self.assertEqual(second["sent"], "")

    def test_a_batch_becomes_its_transactions(self):
        batch = detail("een", "A", amount="30.00") + detail("twee", "B", amount="70.00")
        self._import(statement(entry("100.00", batch), closing="1100.00"))
        self.assertEqual(self._lines().mapped("amount"), [30, 70])
        self.assertEqual(self._lines().mapped("payment_ref"), ["een", "twee"])

    def test_a_batch_that_does_not_add_up_stays_one_line(self):
        batch = detail("een", "A", amount="30.00") + detail("twee", "B", amount="60.00")
        self._import(statement(entry("100.00", batch), closing="1100.00"))
        self.assertEqual(self._lines().mapped("amount"), [100])

    def test_a_return_brings_its_code_and_its_payment(self):
        invoice = self._invoice(self.sme, 300, "2026-02-01")
        self._import(
            statement(
                entry("300.00", detail(f"incasso {invoice.name}", "E2E-17")),
                closing="1300.00",
            )
        )
        paid = self._lines()
        self._match(paid).with_user(self.clerk).action_accept()
        reason = "<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>"
        back = detail("terug", "E2E-17", extra=reason, side="Cdtr")
        self._import(statement(entry("300.00", back, "DBIT", "R9"), opening="1300.00"))
        match = self._match(self._lines() - paid)
        self.assertEqual((match.kind, match.certainty), ("reversal", "certain"))
        self.assertEqual((match.original_line_id, match.reason_code), (paid, "AM04"))

    def test_what_is_wrong_is_told_before_anything_is_written(self):
        for told, words in (
            (
                statement(entry("12.00", detail("x")), account="NL00OTHER1"),
                "No bank journal",
            ),
            (statement(entry("12.00", detail("x"))), "missing"),
            (statement(currency="USD"), "USD"),
        ):
            with self.subTest(words):
                wizard = self._wizard(told)
                self.assertIn(words, wizard.line_ids.problem)
                self.assertNotIn("-", wizard.line_ids.problem)
                self.assertFalse(wizard.ready)
                with self.assertRaises(UserError), self.cr.savepoint():
                    self._import(told)
        self.assertFalse(self._lines())

    def test_hostile_and_foreign_files_are_refused_in_words(self):
        bomb = (
            b'<?xml version="1.0"?>'
            b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            b"<Document><Stmt><Id>&a;</Id></Stmt></Document>"
        )
        for raw, words in (
            (bomb, "document type"),
            (b"PK\x03\x04rubbish", "XML"),
            (b"<Invoice/>", "no CAMT.053"),
            (
                (HEAD + "<Stmt><Ntry><Amt>x</Amt></Ntry></Stmt>" + TAIL).encode(),
                "damaged",
            ),
            (b"", "XML"),
            ((HEAD + statement() + TAIL).encode()[:400], "cut off"),
            (b":20:940S\n:25:NL71WATR0123456789", "not an XML"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self._wizard(raw=raw or b" ")

    def test_pending_entries_are_not_money_yet(self):
        told = camt053.read(
            (
                HEAD + statement(entry("5.00", detail("x"), status="PDNG")) + TAIL
            ).encode()
        )
        self.assertEqual(told[0].transactions, ())
        self.assertEqual((told[0].number, told[0].difference), ("17", Decimal(0)))
        self.assertEqual(told[0].day, None)

    def test_the_newer_version_with_its_own_tags(self):
        newer = (HEAD + statement(entry("5.00", detail("x"))) + TAIL).replace(
            "camt.053.001.02", "camt.053.001.08"
        )
        newer = newer.replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>")
        newer = newer.replace("<Dbtr><Nm>", "<Dbtr><Pty><Nm>").replace(
            "</Nm></Dbtr>", "</Nm></Pty></Dbtr>"
        )
        one = camt053.read(newer.encode())[0].transactions[0]
        self.assertEqual(one.name, "Bakkerij Proef")
        self.assertEqual((one.day, one.amount), (date(2026, 3, 5), Decimal("5.00")))

    def test_a_collector_imports_nothing(self):
        collector = self._user("camt_collector", "o2c_base.group_collector")
        with self.assertRaises(AccessError):
            self._wizard(statement(), user=collector)
