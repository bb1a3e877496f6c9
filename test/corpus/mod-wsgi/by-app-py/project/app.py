import mod_wsgi.server
