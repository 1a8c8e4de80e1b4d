"""Heatmaps, chosen in a window."""
