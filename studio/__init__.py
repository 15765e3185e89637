"""The studio: what people see in a browser. So far the class room: predict, run, reveal."""
