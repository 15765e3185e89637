"""Who makes runs: this process, worker processes, or a Dask cluster."""
