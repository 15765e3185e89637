"""Does the model show what research and practice report?"""
