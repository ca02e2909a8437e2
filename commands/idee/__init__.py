"""`!idée`: irritants and ideas, and what becomes of them."""
