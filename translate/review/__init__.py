"""The workbench: a local web application in which a translator reviews drafts with the whole story in view."""
