"""Flat deliveries, CSV and Parquet: raw rows under their present names."""
