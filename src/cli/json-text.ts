/**
 * Writes a value as JSON, piece by piece, so that a result of a million rows needs no memory.
 *
 * Async iterables, by themselves or as fields of an object, become arrays. Fields `…AtMs` (epoch milliseconds) become `…At` (ISO 8601).
 */
export async function* jsonText(value: unknown): AsyncGenerator<string> {
  if (isAsyncIterable(value)) yield* arrayText(value);
  else if (isObject(value) && Object.values(value).some(isAsyncIterable)) yield* objectText(value);
  else yield JSON.stringify(withIsoTimes(value)) ?? 'null';
}

async function* arrayText(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = '[';
  for await (const value of values) {
    yield separator + JSON.stringify(withIsoTimes(value));
    separator = ',\n';
  }
  yield separator === '[' ? '[]' : ']';
}

async function* objectText(value: Readonly<Record<string, unknown>>): AsyncGenerator<string> {
  let separator = '{';
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    yield* jsonText(field);
    separator = ',\n';
  }
  yield '}';
}

function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) =>
      key.endsWith('AtMs') && (typeof field === 'number' || field === null)
        ? [key.slice(0, -2), field === null ? null : new Date(field).toISOString()]
        : [key, withIsoTimes(field)],
    ),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isAsyncIterable(value);
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
