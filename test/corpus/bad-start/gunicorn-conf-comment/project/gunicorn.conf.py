# wsgi_app = "app:application"
workers = 2
