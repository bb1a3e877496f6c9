# The second one: no hook is used.
FROM s2i-python:3.13
USER 0
ADD app-src .
RUN chown -R 1001:0 ./
USER 1001
RUN pip install -U "pip>=19.3.1" && \
    pip install -r requirements.txt && \
    python manage.py collectstatic --noinput && \
    python manage.py migrate
CMD python manage.py runserver 0.0.0.0:8080
