# The kiosk's image for x86-64 machines. Its stages are those of Dockerfile.arm64, and only call the scripts in docker/, which run without Docker too.
# Build: docker build -f Dockerfile -t dermoscopy-kiosk .
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY docker/packages docker/
RUN docker/packages build
COPY . .
RUN docker/compile && docker/lay /out

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="dermoscopy-kiosk" \
      org.opencontainers.image.description="An open dermoscopy kiosk. Research use only: an adjunct for a trained clinician, not a diagnosis." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="debian:bookworm-slim" \
      org.opencontainers.image.architecture="amd64"
COPY docker/packages /tmp/
# Not 65534, nobody: balena's supervisor takes that one's locks for its own.
RUN /tmp/packages run && rm /tmp/packages \
    && groupadd --gid 10001 kiosk \
    && useradd --uid 10001 --gid 10001 --groups video --no-create-home --home-dir /data --shell /usr/sbin/nologin kiosk \
    && install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /out/usr/local/bin/node /usr/local/bin/node
COPY --from=build /out/opt /opt
WORKDIR /opt/kiosk
# Threads share two heaps of the C library, as under systemd: docs/performance.md.
ENV NODE_ENV=production KIOSK_DATA_DIR=/data MALLOC_ARENA_MAX=2
# The root may be read-only: only /data and /tmp are written.
VOLUME /data
# Without its group: with it the engine would leave out the others, and so the camera's.
USER 10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["node", "docker/health.mjs", "live"]
# tini passes signals on, and takes in what camera programs leave behind.
ENTRYPOINT ["tini", "--"]
CMD ["node", "bin/kiosk.js", "start"]
