"""Charts that the server draws: pure functions from figures to SVG, without script or inline style."""
