"""How the teams do, side by side: measures per team, and never a figure of one person."""
