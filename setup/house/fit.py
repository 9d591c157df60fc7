"""Leave with one sentence when this Python cannot do it, or go on with one that can.

This file runs on old Pythons too: no syntax newer than 3.6 here.
"""

import os
import shutil
import subprocess
import sys

#: Odoo 19 wants 3.10; the pinned packages have been made for up to 3.13.
OLDEST, NEWEST = (3, 10), (3, 13)


def go_on():
    """Return on a fitting Python; start again with another when there is one."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in (12, 11, 13, 10):
        python = shutil.which(f"python3.{minor}")
        if python and not subprocess.call(
            [python, "-c", ""], stderr=subprocess.DEVNULL
        ):
            os.execv(python, [python] + sys.argv)
    sys.exit(
        "This is Python {}.{}, and Odoo 19 with its packages runs on Python 3.10 to "
        "3.13: install one of these (on Debian or Ubuntu: apt-get install python3) "
        "and start again.".format(*sys.version_info[:2])
    )
