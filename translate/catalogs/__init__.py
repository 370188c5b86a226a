"""Where translations live: PO catalogs, their states and provenance, and the merge with a changed source."""
