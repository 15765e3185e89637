"""What happened to one lead in two companies?"""
