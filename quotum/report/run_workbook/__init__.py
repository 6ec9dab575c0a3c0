"""A settlement as an Excel workbook, with names, euros and a sheet per table."""
