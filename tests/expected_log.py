"""The WARNING and ERROR lines that a test run may leave in Odoo's log, and why.

Any other line fails the test (tests/rings/watch.py) or the set-up step that caused it.
"""

import re

# (logger, pattern found in the message, reason)
EXPECTED = [
    (
        "py.warnings",
        r"PyPDF2 is deprecated",
        "Odoo 19.0 itself still imports PyPDF2",
    ),
    (
        "odoo.addons.base.models.ir_actions_report",
        r"wkhtmltopdf: .*",
        "Debian's wkhtmltopdf has no patched Qt and says so once per PDF",
    ),
]


def is_expected(logger, message):
    return any(
        logger == name and re.search(pattern, message) for name, pattern, _ in EXPECTED
    )
