# Files belong to the user of the application; group 0 lets any other one run it too.
FROM s2i-python:3.13 AS build
USER 12345
COPY --chown=12345:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13
COPY --from=build --chown=12345:0 /opt/app-root /opt/app-root
USER 12345
CMD ["/usr/libexec/s2i/run"]
