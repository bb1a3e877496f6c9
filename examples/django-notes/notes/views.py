"""Counts its visits in the database, where there is one."""

from django.db import DatabaseError
from django.http import HttpResponse

from .models import Note


def count(request):
    try:
        Note.objects.create(text=request.get_host())
        return HttpResponse(f"note {Note.objects.count()}\n", content_type="text/plain")
    except DatabaseError as error:
        return HttpResponse(f"no database: {error}\n", content_type="text/plain")
