# What pip downloads and builds is kept on the build machine, not in the image.
FROM s2i-python:3.13 AS build
COPY --chown=1001:0 . /tmp/src
RUN --mount=type=cache,target=/tmp/pip-cache,uid=1001,gid=0 \
    PIP_NO_CACHE_DIR= PIP_CACHE_DIR=/tmp/pip-cache /usr/libexec/s2i/assemble

FROM s2i-python:3.13
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
