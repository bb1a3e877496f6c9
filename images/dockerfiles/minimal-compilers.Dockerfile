# Compilers stay behind in the stage that needs them. The last one gets what the result is linked with: uWSGI embeds Python.
FROM s2i-python:3.13-minimal AS build
USER 0
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make python3-dev
USER 1001
COPY --chown=1001:0 . /tmp/src
RUN /usr/libexec/s2i/assemble

FROM s2i-python:3.13-minimal
USER 0
RUN apt-get update && apt-get install -y --no-install-recommends libpython3.13 && rm -rf /var/lib/apt/lists/*
USER 1001
COPY --from=build --chown=1001:0 /opt/app-root /opt/app-root
CMD ["/usr/libexec/s2i/run"]
