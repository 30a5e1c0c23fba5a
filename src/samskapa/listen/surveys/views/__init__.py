"""Pages: answering by one's own link, and the rounds of those who ask."""
