"""Layers of the map: made and styled off the GUI thread from the service's catalogue, then put into the project."""
