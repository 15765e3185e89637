"""What the company asks, pays and allows: targets, pay, budget, capacity, checks. Knows neither border nor agents."""
