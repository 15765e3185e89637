"""Which budget, cadence and pay?"""
