"""A company of veterans: everybody knows the job and stays, for laws that hold for people who do."""

VETERANS = {"people.ramp_executive_d": 0.0, "people.ramp_sdr_d": 0.0, "people.turnover_per_year": 0.0}
