wsgi_app = "app:app"
