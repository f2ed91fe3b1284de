"""A pretrained encoder as one more teacher: see ../README.md."""
