"""The run store: what is kept on disk, by whom, and how it is known again."""
