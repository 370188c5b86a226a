"""What is translated: documents, their roles and segments, and the formats that read and rebuild them."""
