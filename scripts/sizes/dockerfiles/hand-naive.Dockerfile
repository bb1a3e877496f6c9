FROM docker.io/library/debian:trixie-slim
RUN apt-get update && apt-get install -y build-essential libpq-dev python3-dev python3-pip python3-venv
WORKDIR /app
COPY . .
RUN python3 -m venv /venv
RUN /venv/bin/pip install -r requirements.txt
RUN useradd --no-create-home application && chown -R application /app /venv
USER application
CMD ["/venv/bin/gunicorn", "--bind", "0.0.0.0:8080", "wsgi"]
