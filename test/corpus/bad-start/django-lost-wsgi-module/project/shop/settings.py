WSGI_APPLICATION = "shop.wsgy.application"
