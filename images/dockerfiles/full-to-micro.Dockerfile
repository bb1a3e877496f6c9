# The smallest: Python, the application, and neither a shell nor pip.
FROM s2i-python:3.13 AS build
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13-micro
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
