"""Does a simulated company reproduce the published figures of a real one?"""
