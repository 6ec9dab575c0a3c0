"""The stages of a settlement, each a function from tables to tables; `in_order` lists them."""
