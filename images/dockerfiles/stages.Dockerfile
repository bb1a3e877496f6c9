# The image gets the application as one layer; what the build moved about stays behind in its stage.
FROM s2i-python:3.13 AS build
COPY --chown=1001:0 requirements.txt /tmp/src/
RUN /usr/libexec/s2i/assemble --only-dependencies
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
