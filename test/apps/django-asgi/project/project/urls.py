from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpResponse
from django.urls import path


def tables():
    return ", ".join(sorted(connection.introspection.table_names()))


async def page(request):
    return HttpResponse(f"hello from Django, tables: {await sync_to_async(tables)()}")


urlpatterns = [path("", page)]
