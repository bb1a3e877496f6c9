WSGI_APPLICATION = 'wsgi.application'
