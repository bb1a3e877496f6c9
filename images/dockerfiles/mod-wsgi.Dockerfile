# mod_wsgi is compiled in the full image; Apache, which it starts, and Python's library are added to the minimal one.
FROM s2i-python:3.13 AS build
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13-minimal
USER 0
RUN apt-get update && apt-get install -y --no-install-recommends apache2 libpython3.13 && rm -rf /var/lib/apt/lists/*
USER 1001
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
