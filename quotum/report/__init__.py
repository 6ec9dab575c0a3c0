"""What is shown of a comparison or a run beside the terminal: one page, and one workbook."""
