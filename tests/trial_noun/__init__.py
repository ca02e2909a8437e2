"""A noun that exists in the tests alone: ideas that people leave for their community."""
