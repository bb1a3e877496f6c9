bind = "0.0.0.0:8085"
wsgi_app = "app:application"
