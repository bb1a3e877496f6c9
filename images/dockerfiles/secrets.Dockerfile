# pip's configuration, passwords and certificates are there for one step and in no layer. Each may be missing.
FROM s2i-python:3.13 AS build
COPY --chown=1001:0 . /tmp/src
RUN --mount=type=secret,id=pip.conf,uid=1001,gid=0 \
    --mount=type=secret,id=netrc,uid=1001,gid=0 \
    --mount=type=secret,id=ca.crt,uid=1001,gid=0 \
    PIP_CONFIG_FILE=/run/secrets/pip.conf NETRC=/run/secrets/netrc /usr/libexec/s2i/assemble

FROM s2i-python:3.13
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
