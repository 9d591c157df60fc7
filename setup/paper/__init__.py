"""Pages made from the sources: README.rst and store page per add-on, tables in doc/."""
