# What pip downloads and builds is kept on the build machine, not in the image.
FROM s2i-python:3.13
RUN --mount=type=bind,target=/tmp/src \
    --mount=type=cache,target=/tmp/pip-cache,uid=1001,gid=0 \
    PIP_NO_CACHE_DIR= PIP_CACHE_DIR=/tmp/pip-cache /usr/libexec/s2i/assemble
CMD ["/usr/libexec/s2i/run"]
