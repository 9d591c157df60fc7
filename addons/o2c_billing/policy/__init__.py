"""What contract and rule say about price, check and sending: pure Python, no Odoo."""
