"""The pages of the sociale kaart, and of klachten and bezwaren."""
