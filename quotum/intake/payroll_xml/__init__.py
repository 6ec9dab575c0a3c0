"""Payroll returns in XML (Aangifte loonheffingen): into the flat form, in constant memory."""
