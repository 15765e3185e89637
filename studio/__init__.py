"""What people see: companies to watch, in a page that holds the engine."""
