# Wheels need no compiler: the minimal image builds and runs the application.
FROM s2i-python:3.13-minimal AS build
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13-minimal
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
