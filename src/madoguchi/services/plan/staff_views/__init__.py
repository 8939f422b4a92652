"""Pages of the plan office, the sections and the council."""
