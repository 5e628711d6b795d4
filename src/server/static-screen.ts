import fastifyStatic from '@fastify/static';
import type { HttpApp } from './http.ts';

/** Vite puts every file with a content hash in its name here. */
const HASHED = '/assets/';
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * The built screen. Each file present at the start becomes its own route, so that no request URL is ever turned into a
 * path. Everything but the hashed files is always revalidated: an update must not meet an old index.
 */
export function addStaticScreen(app: HttpApp, dir: string): void {
  void app.register(async (screen) => {
    screen.addHook('onSend', (request, answer, _payload, done) => {
      if (request.url.startsWith(HASHED) && answer.statusCode < 400) answer.header('cache-control', FOREVER);
      done();
    });
    await screen.register(fastifyStatic, { root: dir, wildcard: false, cacheControl: false });
  });
}
