export function startMock(
  port?: number,
  language?: string,
): Promise<{ readonly url: string; close(): Promise<unknown> }>;
