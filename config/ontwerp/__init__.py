"""The look: what NL Design System brings, fetched from npm and built into one file of css."""
