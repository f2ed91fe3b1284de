"""Paragraphs read by the house guideline, kept as offsets without their text."""
