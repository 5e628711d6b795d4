// Whether the kiosk of this container is alive, or ready: node docker/health.mjs [live|ready]
const address = `http://127.0.0.1:${process.env.KIOSK_PORT ?? 8080}`;
const answer = await fetch(`${address}/health/${process.argv[2] ?? 'live'}`).catch(() => undefined);
process.exitCode = answer?.ok === true ? 0 : 1;
