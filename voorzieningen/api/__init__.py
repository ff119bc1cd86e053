"""The resources of the API about what is on offer."""
