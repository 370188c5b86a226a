"""Train the starter packages: prepare, train, decay, export, score. See README.md."""
