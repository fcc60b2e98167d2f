"""Ground floor: articles, their text, sentences, quantities and chunks."""
