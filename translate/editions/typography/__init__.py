"""How an edition is set: marks, spaces, dashes and figures as its locale writes them; no catalog ever holds them."""
