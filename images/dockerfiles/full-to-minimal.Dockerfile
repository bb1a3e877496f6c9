# Built with all that the full image has, run without it.
FROM s2i-python:3.13 AS build
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13-minimal
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
