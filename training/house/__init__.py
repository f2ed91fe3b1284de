"""Paragraphs read by people by the house guideline, kept as offsets without their text."""
