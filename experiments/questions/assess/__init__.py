"""Which type is a company, by the answers of both sides, and what comes next?"""
