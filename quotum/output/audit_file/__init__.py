"""The journal of a settlement as an audit file (XML Auditfile Financieel 4.0), for accountants and their programs."""
