# Compilers stay behind in the stage that needs them. What a dependency wants beside them is added to the list.
FROM s2i-python:3.13-minimal AS build
USER 0
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make python3-dev
USER 1001
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13-minimal
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
