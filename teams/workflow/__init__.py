"""What may be done with what this layer keeps: one function per verb."""
