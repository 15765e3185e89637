"""Which way of working together earns most?"""
