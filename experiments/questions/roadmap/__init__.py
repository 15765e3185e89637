"""What should change next?"""
