"""Zones and shoreline, drawn with QGIS and sent back."""
