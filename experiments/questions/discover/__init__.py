"""In which markets does a design lose?"""
