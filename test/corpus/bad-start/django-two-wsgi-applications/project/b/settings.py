WSGI_APPLICATION = "b.wsgi.application"
