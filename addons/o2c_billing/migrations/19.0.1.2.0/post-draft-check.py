"""Each rule gets a seed of its own.

A new column is filled with one default for all rows, and samples with the same seed
would draw the same documents.
"""

import secrets


def migrate(cr, version):
    """Give existing rules of the draft check different seeds."""
    cr.execute("SELECT id FROM o2c_draft_check_rule")
    for (rule,) in cr.fetchall():
        cr.execute(
            "UPDATE o2c_draft_check_rule SET seed = %s WHERE id = %s",
            [secrets.token_hex(8), rule],
        )
