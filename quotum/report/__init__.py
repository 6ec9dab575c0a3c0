"""Output of a comparison or a run beside the terminal: a page and a workbook."""
