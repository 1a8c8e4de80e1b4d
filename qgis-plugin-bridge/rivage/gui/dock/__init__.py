"""The dock: service, lake, cameras, season, run."""
