/**
 * The source of a Django project on the database of DATABASE_URL. Its first migration takes PAUSE seconds and cannot be made
 * twice; its second makes an index while others write.
 */
export const shop = {
  'requirements.txt': 'django==5.2.19\ngunicorn==27.0.1\npsycopg[binary]==3.3.9\n',
  'manage.py': `import os
import sys

if __name__ == '__main__':
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`,
  'shop/__init__.py': '',
  'shop/settings.py': `import os
from urllib.parse import unquote, urlsplit

url = urlsplit(os.environ['DATABASE_URL'])
SECRET_KEY = 'only for tests'
ALLOWED_HOSTS = ['*']
ROOT_URLCONF = 'shop.urls'
WSGI_APPLICATION = 'shop.wsgi.application'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
INSTALLED_APPS = ['shop']
if url.scheme == 'sqlite':
    DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': url.path}}
else:
    DATABASES = {
        'default': {
            'ENGINE': 'django.db.backends.postgresql',
            'HOST': url.hostname,
            'PORT': url.port,
            'NAME': url.path[1:],
            'USER': url.username,
            'PASSWORD': unquote(url.password or ''),
        }
    }
`,
  'shop/urls.py': `from django.http import HttpResponse
from django.urls import path

from shop.models import Item

urlpatterns = [path('', lambda request: HttpResponse('%d item' % Item.objects.count()))]
`,
  'shop/wsgi.py': `import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')
application = get_wsgi_application()
`,
  'shop/models.py': `from django.db import models


class Item(models.Model):
    name = models.TextField()

    class Meta:
        indexes = [models.Index(fields=['name'], name='item_name')]
`,
  'shop/migrations/__init__.py': '',
  'shop/migrations/0001_initial.py': `import os
import time

from django.db import migrations, models


def slowly(apps, schema_editor):
    print('working', flush=True)
    time.sleep(float(os.environ.get('PAUSE', '0')))
    if 'BROKEN' in os.environ:
        raise ValueError('this migration is broken')
    apps.get_model('shop', 'Item').objects.create(name='first')


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel('Item', [('id', models.BigAutoField(primary_key=True)), ('name', models.TextField())]),
        migrations.RunPython(slowly),
    ]
`,
  'shop/migrations/0002_index.py': `from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models

index = 'item', models.Index(fields=['name'], name='item_name')


class Migration(migrations.Migration):
    atomic = False
    dependencies = [('shop', '0001_initial')]
    operations = [migrations.AddIndex(*index) if connection.vendor == 'sqlite' else AddIndexConcurrently(*index)]
`,
};
