"""A second, slow count of the monitor in plain Python, and random municipalities to hold it against.

Nothing here may import the product: an error that both counts share would go unseen.
"""
