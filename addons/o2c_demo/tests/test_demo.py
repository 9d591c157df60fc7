"""Company and book are made once and looked at from all sides."""

from odoo.tests import tagged

from .common import DemoCase
from .test_book import BookTests
from .test_company import CompanyTests
from .test_story import StoryTests
from .test_twins import TwinTests


@tagged("post_install", "-at_install")
class TestDemo(CompanyTests, BookTests, TwinTests, StoryTests, DemoCase):
    """See the classes it is made of."""

    allow_inherited_tests_method = True
