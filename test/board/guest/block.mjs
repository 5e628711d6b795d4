// Blocks the event loop of a Node process: node --experimental-websocket block.mjs PID
// SIGUSR1 opens the inspector of any Node process, which then runs an endless loop and does not respond.
import { setTimeout } from 'node:timers/promises';

// Not a global that the linter knows: the flag defines it.
const { WebSocket } = globalThis;
const INSPECTOR = 'http://127.0.0.1:9229/json/list';

process.kill(Number(process.argv[2]), 'SIGUSR1');
const socket = new WebSocket(await address());
await new Promise((resolve, reject) => {
  socket.onopen = resolve;
  socket.onerror = reject;
});
const expression = 'for (;;);';
socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
while (socket.bufferedAmount > 0) await setTimeout(100);
await setTimeout(1000);
process.exit(0);

/** The inspector starts listening some time after the signal. */
async function address() {
  for (;;) {
    const targets = await fetch(INSPECTOR).catch(() => undefined);
    if (targets !== undefined) return (await targets.json())[0].webSocketDebuggerUrl;
    await setTimeout(200);
  }
}
