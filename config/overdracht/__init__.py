"""The overdracht: the one door by which bulk data comes in (demo, migration from another registration, benchmarks).

`bestand` says what a file is and `bestanden` which there are; `lezen_snel` brings a file that is in order into its
staging table, and `lezen` reads any other row by row; `controle` finds what is wrong between rows, `schrijven` writes
set-based, `meldingen` adds what follows from the facts, `importeren` is the whole in one transaction.
"""
