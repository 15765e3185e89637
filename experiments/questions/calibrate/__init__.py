"""A company's own data: read a CRM export, measure it, fit uncertain parameters to it, predict what was held out."""
