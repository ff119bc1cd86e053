"""Tests of the API Klantinteracties, as register and as consumer."""
