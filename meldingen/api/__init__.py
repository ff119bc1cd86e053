"""The resources of the API that a KCC works with: contacts, meldingen, call-backs, and who is known."""
