"""What one fills in about what this layer keeps."""
