"""What every API of the product has in common: who asks, how often, once, and how it is refused."""
