wsgi_app = "main:application"
