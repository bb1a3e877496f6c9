# For builders without RUN --mount. The source is stored twice: once as it was copied, once where assemble puts it.
FROM s2i-python:3.13
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble
CMD ["/usr/libexec/s2i/run"]
