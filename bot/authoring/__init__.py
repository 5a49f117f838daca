"""Tools for the people who write the knowledge base: checks, cases, signatures and editors' schemas."""
