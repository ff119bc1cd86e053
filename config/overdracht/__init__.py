"""The overdracht: the one door by which bulk data comes in (demo, migration from another registration, benchmarks).

`bestanden` says what the files are; `lezen_snel` brings a file that is in order into its temporary table, and `lezen`
reads any other row by row; `controle` finds what is wrong between rows before anything is written, `schrijven` writes
set-based, `importeren` is the whole in one transaction.
"""
