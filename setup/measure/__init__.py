"""What the bench measures inside Odoo; `setup/bench` runs it through Odoo's shell."""
