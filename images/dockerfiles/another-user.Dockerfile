# Files belong to the user of the application; group 0 lets any other one run it too.
FROM s2i-python:3.13
USER 12345
RUN --mount=type=bind,target=/tmp/src /usr/libexec/s2i/assemble
CMD ["/usr/libexec/s2i/run"]
