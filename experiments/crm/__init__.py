"""A CRM export: what is in its files, what of it is sure, what has to be asked, and the leads it holds."""
