"""Worked cases of each provision: deliveries in, amounts out, with the arithmetic in English and Dutch.

`python -m tests.make_reference_cases` writes them to `fixtures/reference_cases` for other implementations;
`tests/commands/test_reference_cases.py` holds quotum and the plain reference of the tests against them.
"""
