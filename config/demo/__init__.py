"""Made-up registrations of Almere 2015 that yield the published figures; read `generator.py` first.

Only the standard library: the result is a folder of CSV files, which comes in through the same import as
the data of any municipality.
"""
