import swagger from '@fastify/swagger';
import { Components } from './schemas.mjs';
import { info } from './info.mjs';

const { createServer } = await import('../../dist/server/server.js');
const { FORM_SCHEMA } = await import('../../dist/server/multipart.js');

/** Stands in for everything behind the routes, none of which is called. */
const nothing = new Proxy(() => nothing, { get: () => nothing, apply: () => nothing });

const config = { host: '127.0.0.1', port: 0, allowedHosts: '', uploadMaxBytes: 1, exportReferences: false };

const TAGS = {
  capture: 'Press, look at the answer, leave it',
  context: 'The patient and the lesion',
  sessions: 'What was recorded',
  images: 'Images that are shown or kept',
  lesions: 'One lesion over time',
  operators: 'Who has unlocked the log, the patients and the settings',
  diagnostics: 'The kiosk itself',
};

/** The document of every HTTP route, from the server as it runs. */
export async function openApi() {
  let app;
  const server = createServer({
    ...Object.fromEntries(
      [
        'session',
        'button',
        'context',
        'patients',
        'store',
        'images',
        'comparer',
        'thumbnails',
        'classifier',
        'camera',
        'framing',
        'view',
        'overview',
        'overviewImages',
      ].map((part) => [part, nothing]),
    ),
    ...{ about: nothing, health: nothing, memory: nothing, touched: nothing },
    ...{
      selfTest: nothing,
      settings: nothing,
      guide: nothing,
      practice: { current: nothing, onChange: nothing },
      thumbnails: nothing,
      drive: nothing,
      log: nothing,
      clock: nothing,
    },
    operators: { onLocked: nothing },
    config: { ...config, exportDir: '' },
    staticDir: '/nonexistent',
    instrument: async (http) => {
      app = http;
      await http.register(swagger, {
        openapi: {
          openapi: '3.1.0',
          info: info(
            'Dermoscopy kiosk: HTTP',
            'Everything the screen can do but for the settings, for programs.',
          ),
          servers: [{ url: 'http://127.0.0.1:8080', description: 'The kiosk itself' }],
          tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
        },
        transform: ({ schema, url }) => ({
          schema: schema?.consumes?.includes('multipart/form-data')
            ? { ...schema, body: FORM_SCHEMA }
            : schema,
          url,
        }),
      });
    },
  });
  await server.start();
  try {
    return complete(app.swagger());
  } finally {
    await server.stop();
  }
}

/** A parameter with a default may be left out. */
function withOptionalDefaults(operation) {
  const { parameters } = operation;
  if (parameters === undefined) return operation;
  const optional = (parameter) => ({
    ...parameter,
    required: parameter.required && parameter.schema.default === undefined,
  });
  return { ...operation, parameters: parameters.map(optional) };
}

function complete({ openapi, info: about, servers, tags, paths }) {
  const components = new Components('2020-12');
  const routes = Object.fromEntries(
    Object.entries(paths)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, operations]) => [
        path,
        components.referring(
          Object.fromEntries(
            Object.entries(operations).map(([method, each]) => [method, withOptionalDefaults(each)]),
          ),
        ),
      ]),
  );
  return { openapi, info: about, servers, tags, paths: routes, components: { schemas: components.table() } };
}
