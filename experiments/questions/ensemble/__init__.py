"""Which assumptions agree with what is published?"""
