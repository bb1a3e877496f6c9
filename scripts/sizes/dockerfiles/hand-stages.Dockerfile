FROM docker.io/library/debian:trixie-slim AS build
RUN apt-get update && apt-get install -y build-essential libpq-dev python3-dev python3-pip python3-venv
RUN python3 -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt

FROM docker.io/library/debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 libpq5 ca-certificates && rm -rf /var/lib/apt/lists/*
RUN useradd --no-create-home application
COPY --from=build /venv /venv
COPY . /app
WORKDIR /app
USER application
CMD ["/venv/bin/gunicorn", "--bind", "0.0.0.0:8080", "wsgi"]
