"""Beside the Django project, not inside it."""

NAME = "Branded by the parent"
