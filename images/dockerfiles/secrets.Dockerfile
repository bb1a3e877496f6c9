# pip's configuration, passwords and certificates are there for one step and in no layer. Each may be missing.
FROM s2i-python:3.13
RUN --mount=type=bind,target=/tmp/src \
    --mount=type=secret,id=pip.conf,uid=1001,gid=0 \
    --mount=type=secret,id=netrc,uid=1001,gid=0 \
    --mount=type=secret,id=ca.crt,uid=1001,gid=0 \
    PIP_CONFIG_FILE=/run/secrets/pip.conf NETRC=/run/secrets/netrc /usr/libexec/s2i/assemble
CMD ["/usr/libexec/s2i/run"]
