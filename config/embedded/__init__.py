"""The PostgreSQL that comes with the project, for whoever sets no ``DATABASE_URL``.

``server`` starts and stops it, ``account`` finds the account it may run under, ``base`` is the Django
backend that starts it at the first connection, and ``python -m config.embedded`` is its command line.
"""
