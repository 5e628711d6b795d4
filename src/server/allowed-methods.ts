/** The methods that a URL supports, so that others are answered with 405 and the list of these instead of 404. */
export class AllowedMethods {
  readonly #routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];

  /** @param url as routes are written: `/api/sessions/:id` */
  add(url: string, methods: string | readonly string[]): void {
    const path = new RegExp(
      `^${url.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}$`,
    );
    this.#routes.push({ path, methods: [methods].flat() });
  }

  /** In alphabetical order; none if there is no such route. @param url with or without a query */
  at(url: string): readonly string[] {
    const [path = ''] = url.split('?');
    const found = this.#routes.filter((route) => route.path.test(path)).flatMap(({ methods }) => methods);
    return [...new Set(found)].sort();
  }
}
