"""The overdracht: the one door by which bulk data comes in (demo, migration from another registration, benchmarks).

`bestanden` says what the files are, `lezen` brings them line by line into temporary tables, `controle` finds what is
wrong before anything is written, `schrijven` writes set-based, `importeren` is the whole in one transaction.
"""
