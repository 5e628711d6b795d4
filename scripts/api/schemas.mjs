/** Collects the schemas that have a title into one table, and refers to them. */
export class Components {
  /** @type {'draft-07' | '2020-12'} of JSON Schema: TypeBox writes the former, as AsyncAPI does; OpenAPI 3.1 is the latter. */
  #dialect;
  /** @type {Map<string, unknown>} */
  #schemas = new Map();

  constructor(dialect) {
    this.#dialect = dialect;
  }

  /** By name, in alphabetical order. */
  table() {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The same without schemas that are written out twice. */
  referring(value) {
    if (Array.isArray(value)) return value.map((item) => this.referring(item));
    if (typeof value !== 'object' || value === null) return value;
    const { title, ...rest } = value;
    if (typeof title !== 'string' || !/^[A-Z]\w*$/.test(title)) return this.#translated(value);
    const schema = this.#translated(rest);
    const known = this.#schemas.get(title);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`two schemas are called ${title}`);
    }
    this.#schemas.set(title, schema);
    return { $ref: `#/components/schemas/${title}` };
  }

  #translated(schema) {
    const { items, additionalItems, anyOf, patternProperties, ...rest } = schema;
    const words = Array.isArray(anyOf) && anyOf.every((each) => typeof each.const === 'string');
    return {
      ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, this.referring(value)])),
      ...(anyOf === undefined
        ? {}
        : words
          ? { type: 'string', enum: anyOf.map((each) => each.const) }
          : { anyOf: this.referring(anyOf) }),
      ...(items === undefined
        ? {}
        : Array.isArray(items) && this.#dialect === '2020-12'
          ? { prefixItems: this.referring(items), items: additionalItems ?? true }
          : { items: this.referring(items), ...(additionalItems === undefined ? {} : { additionalItems }) }),
      ...(patternProperties === undefined
        ? {}
        : { additionalProperties: this.referring(Object.values(patternProperties)[0]) }),
    };
  }
}
