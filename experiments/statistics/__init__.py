"""Statistics of replications on common random numbers, rankings, indices and boxes."""
