"""The message broker that comes with the project, for whoever sets no ``BROKER_URL``.

``server`` starts and stops it, ``transport`` is how Celery reaches it, and ``python -m config.broker`` is its
command line.
"""
