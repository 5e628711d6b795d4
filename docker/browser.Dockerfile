# Image of the screen: Chromium in a compositor. Build: docker build -f docker/browser.Dockerfile -t dermoscopy-kiosk-browser .
FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="dermoscopy-kiosk-browser" \
      org.opencontainers.image.description="The screen of the dermoscopy kiosk: Chromium in kiosk mode." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/dermoscopy-kiosk/dermoscopy-kiosk" \
      org.opencontainers.image.base.name="debian:bookworm-slim"
SHELL ["/bin/sh", "-eu", "-c"]
# Debian's current versions, as on a board: a pinned Chromium gets no security updates.
# hadolint ignore=DL3008
RUN export DEBIAN_FRONTEND=noninteractive; \
    apt-get update -qq; \
    apt-get install -y -qq --no-install-recommends cage chromium curl tini wlr-randr xwayland; \
    rm -rf /var/lib/apt/lists/*; \
    groupadd --gid 10002 kiosk-browser; \
    useradd --uid 10002 --gid 10002 --groups audio,input,render,video --no-create-home --home-dir /run/kiosk-browser \
      --shell /usr/sbin/nologin kiosk-browser; \
    install -d -o 10002 -g 10002 -m 700 /run/kiosk-browser
COPY LICENSE NOTICE /opt/kiosk/
COPY systemd/chromium-policy.json /etc/chromium/policies/managed/kiosk.json
COPY systemd/kiosk-browser /opt/kiosk/systemd/
COPY docker/browser-run docker/browser-health /opt/kiosk/docker/
# User without a group: with one, the engine would not apply the supplementary groups.
USER 10002
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["/opt/kiosk/docker/browser-health"]
ENTRYPOINT ["tini", "--"]
CMD ["/opt/kiosk/docker/browser-run"]
