"""Pages of what this layer keeps."""
