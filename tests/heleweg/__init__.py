"""The whole way, from a call to help that runs and comes back, in any order."""
