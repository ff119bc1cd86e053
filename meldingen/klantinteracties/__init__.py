"""The API Klantinteracties, as Dutch software for a KCC speaks it (docs/adr/0019-klantinteracties.md)."""
