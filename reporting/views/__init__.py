"""The pages of the monitor: a question in the URL, the answer under it."""
