"""What is published: an edition is a document in one language, assembled from its catalog."""
