# The kiosk's image for x86-64 machines. It has the same stages as Dockerfile.arm64, which only call the scripts in docker/; these also run without Docker.
# Build: docker build -f Dockerfile -t dermoscopy-kiosk .
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY docker/packages docker/
RUN docker/packages build
# Only what docker/modules reads: a change of the program compiles no add-on again.
COPY package.json package-lock.json ./
COPY docker/modules docker/
COPY scripts/pinned-node.mjs scripts/pinned-node.json scripts/stage-native.mjs scripts/
COPY scripts/native scripts/native
COPY model/bundles/seed-cnn model/bundles/seed-cnn
RUN docker/modules /modules
COPY . .
RUN docker/compile /modules && docker/install /out

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="dermoscopy-kiosk" \
      org.opencontainers.image.description="An open dermoscopy kiosk. Research use only: an adjunct for a trained clinician, not a diagnosis." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/dermoscopy-kiosk/dermoscopy-kiosk" \
      org.opencontainers.image.base.name="debian:bookworm-slim" \
      org.opencontainers.image.architecture="amd64"
COPY docker/packages /tmp/
# Not 65534 (nobody): balena's supervisor treats locks of that user as its own.
RUN /tmp/packages run && rm /tmp/packages \
    && groupadd --gid 10001 kiosk \
    && useradd --uid 10001 --gid 10001 --groups video --no-create-home --home-dir /data --shell /usr/sbin/nologin kiosk \
    && install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /out/usr/local/bin/node /usr/local/bin/node
COPY --from=build /out/opt /opt
WORKDIR /opt/kiosk
# Two malloc arenas for all threads, as under systemd: docs/performance.md.
ENV NODE_ENV=production KIOSK_DATA_DIR=/data MALLOC_ARENA_MAX=2
# Works with a read-only root: only /data and /tmp are written.
VOLUME /data
# User without a group: with one, the engine would not apply the supplementary groups, such as the camera's.
USER 10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["node", "docker/health.mjs", "live"]
# tini forwards signals and reaps the orphans of camera programs.
ENTRYPOINT ["tini", "--"]
CMD ["node", "bin/kiosk.js", "start"]
