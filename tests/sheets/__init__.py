"""Practice sheets: written, reviewed, found."""
