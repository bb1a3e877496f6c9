from django.http import HttpResponse
from django.urls import path

from branding import NAME

urlpatterns = [path("", lambda request: HttpResponse(NAME + "\n"))]
