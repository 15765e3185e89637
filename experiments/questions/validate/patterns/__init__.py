"""The patterns the model must reproduce with one parameter set: each a small object that says what it asks for.

A pattern is a statement with checks. A check reads one number with its interval off the runs of some arms and holds it
against a target. Arms are shared: what two patterns ask for is run once.
"""
