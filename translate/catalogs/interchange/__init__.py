"""Catalogs, memories and glossaries in the formats that other tools read: XLIFF, TMX, TBX, tables."""
