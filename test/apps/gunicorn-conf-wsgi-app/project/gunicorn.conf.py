wsgi_app = "app:application"
bind = "0.0.0.0:@PORT@"
workers = 2
accesslog = "-"
