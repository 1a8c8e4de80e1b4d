"""Calibrating a camera by clicks in a photo and on the map."""
