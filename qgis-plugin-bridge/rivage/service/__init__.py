"""HTTP with the service: `http` for windows, `blocking` for tasks and algorithms; `address` remembers where it is."""
