"""The dock and the windows."""
