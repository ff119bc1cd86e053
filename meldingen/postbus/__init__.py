"""Mail that comes into the postbus of the municipality (docs/adr/0021-post.md)."""
