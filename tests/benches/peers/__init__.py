"""Programs that answer what `quotum settle` answers, as somebody would write them without it, to be measured beside it.

Each reads the derived Parquet files of one receive call and the figures that the run rests on, and writes per
employer what the settlement holds. `python -m tests.benches.peers` runs and compares them.
"""
