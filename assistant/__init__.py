"""Second floor: questions in, answers with verbatim quotes out."""
