"""Which type wins where?"""
