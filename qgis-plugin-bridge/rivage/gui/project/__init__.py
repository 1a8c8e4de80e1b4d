"""The project of a workspace: opened, built, stored."""
