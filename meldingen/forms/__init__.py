"""What people fill in on the pages of the daily work."""
