"""The static site: a page for each story and language, indexes, feeds, sitemaps; no script, nothing from elsewhere."""
