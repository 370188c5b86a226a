"""What is already known: the translation memory, the glossary, CLDR's terms."""
