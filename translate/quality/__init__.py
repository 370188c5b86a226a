"""What is doubted: checks that compare a source with its translation and say what is probably wrong."""
