"""Translation Desk: from a French dispatch to its English and German editions, on your own machines."""

__version__ = "0.1.0"
