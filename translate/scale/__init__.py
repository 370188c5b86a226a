"""Many: what was done once is not done again, and what is new is shared out among the cores."""
