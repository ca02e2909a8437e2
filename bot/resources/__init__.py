"""Resources: documents and tools that a community recommends, and how they are found."""
