"""What does the answer hang on?"""
