"""The command line: parse, call one function, report. No rule lives here."""
