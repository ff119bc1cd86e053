"""The tables of the monitor: one function each, found by `reporting.register.laad_tabellen`."""
