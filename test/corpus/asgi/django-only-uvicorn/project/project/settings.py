WSGI_APPLICATION = 'project.wsgi.application'
