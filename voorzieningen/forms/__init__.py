"""What people fill in about what a municipality has to offer, and about what they object to."""
