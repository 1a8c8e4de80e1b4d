"""Rivage's algorithms for Processing: in the toolbox, in models, and from qgis_process."""
