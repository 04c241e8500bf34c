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
}

interface ModelledAnswer {
  readonly schema?: Schema;
  readonly headers?: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly operationId?: string;
  readonly responses?: Readonly<Record<string, ModelledAnswer>>;
}

interface Model {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** An answer as it came over HTTP; `body` is the parsed JSON, undefined when it was empty. */
export interface OfficialAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One of Amazon's official models, to hold answers against. Keywords that its answers do not use are not known here. */
export class OfficialAnswers {
  readonly #model: Model;

  /** @param name file name, for example "feeds_2021-06-30.json" */
  constructor(name: string) {
    this.#model = JSON.parse(readFileSync(sharedFile('amazon', 'models', name), 'utf8')) as Model;
  }

  /** Every way in which an answer differs from the model; empty when it fits. Fields that the model lacks are faults too. */
  faultsOf(operationId: string, answer: OfficialAnswer): readonly string[] {
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

  #faults(given: Schema, value: unknown, at: string): readonly string[] {
    const schema = this.#resolve(given);
    if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at} is not in the list: ${value}`];
    if (schema.type === 'array')
      return Array.isArray(value)
        ? value.flatMap((entry, index) => this.#faults(schema.items ?? {}, entry, `${at}[${index}]`))
        : [`${at} is no array`];
    if (schema.type === 'object') return this.#objectFaults(schema, value, at);
    if (schema.format === 'date-time' && !ISO_8601.test(String(value))) return [`${at} is no date-time: ${value}`];
    return schema.type === undefined || typeof value === schema.type ? [] : [`${at} is no ${schema.type}`];
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
    return this.#resolve(this.#model.definitions[schema.$ref.replace('#/definitions/', '')] ?? {});
  }
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
