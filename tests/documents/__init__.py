"""Documents that people print or keep."""
