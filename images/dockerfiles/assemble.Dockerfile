# The source is mounted while assemble copies it to where it belongs: each of its bytes is stored once.
FROM s2i-python:3.13
RUN --mount=type=bind,target=/tmp/src /usr/libexec/s2i/assemble
CMD ["/usr/libexec/s2i/run"]
