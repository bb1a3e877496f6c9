WSGI_APPLICATION = "config.wsgi.application"
