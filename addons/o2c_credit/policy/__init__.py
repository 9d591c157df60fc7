"""What the credit policy of the house says; pure Python, no database, no clock."""
