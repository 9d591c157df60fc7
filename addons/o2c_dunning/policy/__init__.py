"""What law and contract say about collecting: pure Python, no Odoo, no clock."""
