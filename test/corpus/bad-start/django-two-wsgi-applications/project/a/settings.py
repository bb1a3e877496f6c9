WSGI_APPLICATION = "a.wsgi.application"
