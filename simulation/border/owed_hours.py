"""Hours that somebody owes for what was promised or done already: they are taken from the next days."""

from simulation.compiled import compiled


@compiled
def owe_report(company, rep, hours):
    """A rep has a report or an entry in the CRM to write."""
    company.rep[rep].owed_report_h += hours


@compiled
def owe_planning(company, rep, hours):
    """A rep has been asked for a view, on a campaign or on content."""
    company.rep[rep].owed_planning_h += hours


@compiled
def owe_content(company, rep, hours):
    """A rep has looked for content, or made do without."""
    company.rep[rep].owed_content_h += hours


@compiled
def owe_help(company, marketer, hours):
    """A marketer has promised to help with a deal."""
    company.marketer[marketer].owed_help_h += hours


@compiled
def rep_works_off(company, rep, planned, reported, looked):
    """A rep has given hours to each of these."""
    row = company.rep[rep]
    row.owed_planning_h -= planned
    row.owed_report_h -= reported
    row.owed_content_h -= looked


@compiled
def marketer_works_off(company, marketer, helped):
    """A marketer has given hours to the help that was promised."""
    company.marketer[marketer].owed_help_h -= helped


@compiled
def owe_nothing(company, rep):
    """Who is new in Sales owes nothing."""
    row = company.rep[rep]
    row.owed_report_h, row.owed_planning_h, row.owed_content_h = 0.0, 0.0, 0.0
