"""What is written of a run: JSON, JUnit, a page, Markdown, a badge."""
