"""Flat deliveries, CSV and Parquet: raw rows under their current column names."""
