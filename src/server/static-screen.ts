import fastifyStatic from '@fastify/static';
import type { HttpApp } from './http.ts';

/** Vite puts every file whose name carries the hash of its content here. */
const HASHED = '/assets/';
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * The built screen. Each file that is there at the start becomes a route of its own, so that no address of a request is ever made into
 * a path. Everything but the hashed files is fetched anew each time: an update must not meet yesterday's index.
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
