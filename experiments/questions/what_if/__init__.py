"""What is one change worth?"""
