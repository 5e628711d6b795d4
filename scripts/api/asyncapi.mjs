import { Components } from './schemas.mjs';
import { info } from './info.mjs';

const { SCREEN_EVENTS, SERVER_EVENTS } = await import('../../dist/server/schemas/events.js');

const CHANNEL = { $ref: '#/channels/screen' };

/** The document of the socket's events, in both directions. An event’s payload is the list of its arguments; an acknowledgement’s too. */
export function asyncApi() {
  const components = new Components('draft-07');
  const messages = {};
  const operations = {};
  const add = (events, action) => {
    for (const [name, { summary, payload, reply }] of Object.entries(events)) {
      messages[name] = message(name, summary, payload);
      operations[`${action}-${name}`] = {
        action,
        channel: CHANNEL,
        summary,
        messages: [inChannel(name)],
        ...(reply === undefined
          ? {}
          : { reply: { channel: CHANNEL, messages: [inChannel(`${name}-reply`)] } }),
      };
      if (reply !== undefined) {
        messages[`${name}-reply`] = message(name, `Acknowledges “${name}”`, reply);
      }
    }
  };
  const message = (name, summary, values) => ({
    name,
    summary,
    contentType: 'application/json',
    payload: {
      type: 'array',
      ...(values.length === 0
        ? { maxItems: 0 }
        : { items: [...values].map((each) => components.referring(each)) }),
      ...(values.length === 0 ? {} : { additionalItems: false, minItems: values.length }),
    },
  });
  add(SERVER_EVENTS, 'send');
  add(SCREEN_EVENTS, 'receive');
  return {
    asyncapi: '3.0.0',
    info: info(
      'Dermoscopy kiosk: socket',
      'What the kiosk and a screen say to each other over Socket.IO 4 (protocol 5), seen from the kiosk: it *sends* and *receives*. A payload is the list of an event’s arguments. Where an operation has a reply, the sender passes a function as the last argument, and the reply is what that function is called with.',
    ),
    defaultContentType: 'application/json',
    servers: {
      kiosk: {
        host: '127.0.0.1:8080',
        pathname: '/socket.io/',
        protocol: 'ws',
        description: 'Namespace /, transport websocket or polling',
      },
    },
    channels: {
      screen: {
        address: '/',
        title: 'One screen',
        messages: Object.fromEntries(Object.keys(messages).map((name) => [name, inComponents(name)])),
      },
    },
    operations,
    components: { messages, schemas: components.table() },
  };
}

const inChannel = (name) => ({ $ref: `#/channels/screen/messages/${name}` });
const inComponents = (name) => ({ $ref: `#/components/messages/${name}` });
