import { readFileSync } from 'node:fs';
import { sharedFile } from './shared-material.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Parameter extends Omit<Schema, 'required'> {
  readonly name: string;
  readonly in: 'query' | 'path' | 'body' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface ModelledAnswer {
  readonly schema?: Schema;
  readonly headers?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly responses?: Readonly<Record<string, ModelledAnswer>>;
}

interface Model {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** A request as a server got it; `url` is its path with the query. */
export interface OfficialRequest {
  readonly method: string;
  readonly url: string;
  readonly body: Buffer;
}

/** An answer as it came over HTTP; `body` is the parsed JSON, undefined when it was empty. */
export interface OfficialAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One of Amazon's official models, to hold requests and answers against. Fields that it lacks are faults too. */
export class OfficialModel {
  readonly #model: Model;

  /** @param name file name, for example "feeds_2021-06-30.json" */
  constructor(name: string) {
    this.#model = JSON.parse(readFileSync(sharedFile('amazon', 'models', name), 'utf8')) as Model;
  }

  /** Every way in which a request differs from the model; empty when it fits. */
  faultsOfRequest(operationId: string, request: OfficialRequest): readonly string[] {
    for (const [template, methods] of Object.entries(this.#model.paths)) {
      const operation = methods[request.method.toLowerCase()];
      if (operation?.operationId !== operationId) continue;
      return [...pathFaults(template, request.url), ...this.#parameterFaults(operation.parameters ?? [], request)];
    }
    return [`${request.method} is not the method of ${operationId}`];
  }

  /** Every way in which an answer differs from the model; empty when it fits. */
  faultsOfAnswer(operationId: string, answer: OfficialAnswer): readonly string[] {
    const modelled = this.#operation(operationId)?.responses?.[String(answer.status)];
    if (modelled === undefined) return [`${operationId} never answers ${answer.status}`];
    const missing = Object.keys(modelled.headers ?? {})
      .filter((name) => !answer.headers.has(name))
      .map((name) => `the header ${name} is missing`);
    if (modelled.schema === undefined)
      return answer.body === undefined ? missing : [...missing, 'a body where there is none'];
    return [...missing, ...this.#faults(modelled.schema, answer.body, 'body')];
  }

  #operation(operationId: string): Operation | undefined {
    return Object.values(this.#model.paths)
      .flatMap((methods) => Object.values(methods))
      .find((operation) => operation.operationId === operationId);
  }

  #parameterFaults(parameters: readonly Parameter[], request: OfficialRequest): readonly string[] {
    const query = new URL(request.url, 'http://localhost').searchParams;
    const known = new Set(parameters.filter((each) => each.in === 'query').map((each) => each.name));
    const faults = [...query.keys()].filter((name) => !known.has(name)).map((name) => `unknown parameter ${name}`);
    for (const parameter of parameters) {
      if (parameter.in === 'body') {
        faults.push(...this.#faults(parameter.schema ?? {}, JSON.parse(String(request.body)), 'body'));
        continue;
      }
      const text = parameter.in === 'query' ? query.get(parameter.name) : null;
      if (text === null) {
        if (parameter.in === 'query' && parameter.required) faults.push(`${parameter.name} is missing`);
        continue;
      }
      const { required: _required, ...schema } = parameter;
      faults.push(...this.#faults(schema, wireValue(parameter, text), parameter.name));
    }
    return faults;
  }

  #faults(given: Schema, value: unknown, at: string): readonly string[] {
    const schema = this.#resolve(given);
    if (schema.enum !== undefined && !schema.enum.includes(value))
      return [`${at} is not one of ${schema.enum.join(', ')}`];
    if (schema.type === 'array') return this.#arrayFaults(schema, value, at);
    if (schema.type === 'object') return this.#objectFaults(schema, value, at);
    if (schema.type === 'integer') return integerFaults(schema, value, at);
    if (schema.format === 'date-time' && !ISO_8601.test(String(value))) return [`${at} is no date-time: ${value}`];
    return schema.type === undefined || typeof value === schema.type ? [] : [`${at} is no ${schema.type}`];
  }

  #arrayFaults(schema: Schema, value: unknown, at: string): readonly string[] {
    if (!Array.isArray(value)) return [`${at} is no array`];
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items = {} } = schema;
    const size = value.length < minItems || value.length > maxItems ? [`${at} has ${value.length} entries`] : [];
    return [...size, ...value.flatMap((entry, index) => this.#faults(items, entry, `${at}[${index}]`))];
  }

  #objectFaults(schema: Schema, value: unknown, at: string): readonly string[] {
    if (typeof value !== 'object' || value === null) return [`${at} is no object`];
    const missing = (schema.required ?? [])
      .filter((name) => !(name in value))
      .map((name) => `${at}.${name} is missing`);
    const wrong = Object.entries(value).flatMap(([name, entry]) => {
      const property = schema.properties?.[name] ?? schema.additionalProperties;
      return property === undefined ? [`${at}.${name} is unknown`] : this.#faults(property, entry, `${at}.${name}`);
    });
    return [...missing, ...wrong];
  }

  #resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const name = schema.$ref.replace('#/definitions/', '');
    return this.#resolve(this.#model.definitions[name] ?? {});
  }
}

function pathFaults(template: string, url: string): readonly string[] {
  const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`);
  return pattern.test(url) ? [] : [`${url} is not ${template}`];
}

/** Lists come separated by commas (collectionFormat csv, the default of the models). */
function wireValue(parameter: Parameter, text: string): unknown {
  if (parameter.type === 'array') return text.split(',');
  if (parameter.type === 'boolean') return text === 'true';
  return parameter.type === 'integer' ? Number(text) : text;
}

function integerFaults(schema: Schema, value: unknown, at: string): readonly string[] {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const fits = Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return fits ? [] : [`${at} is no integer from ${minimum} to ${maximum}`];
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
