// A proxy on loopback that forwards everything and records the requested hosts: node proxy.mjs PORT_FILE ASKED_FILE
import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';

const [portFile, askedFile] = process.argv.slice(2);
const server = createServer().on('connect', ({ url }, client, head) => {
  appendFileSync(askedFile, `${url}\n`);
  const { hostname, port } = new URL(`http://${url}`);
  const far = connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    far.write(head);
    far.pipe(client).pipe(far);
  });
  for (const [one, other] of [
    [far, client],
    [client, far],
  ]) {
    one.on('error', () => {
      other.destroy();
    });
  }
});
server.listen(0, '127.0.0.1', () => {
  writeFileSync(portFile, String(server.address().port));
});
