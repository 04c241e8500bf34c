import type supertest from 'supertest';
import type { Response } from 'supertest';

/** What a form sends; several values of one name as a list. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A browser: keeps cookies, says where its forms come from, and carries the token of its session. */
export class Visitor {
  readonly #agent: ReturnType<typeof supertest.agent>;
  readonly #host: string;
  #token: string | null = null;

  constructor(agent: ReturnType<typeof supertest.agent>, host: string) {
    this.#agent = agent;
    this.#host = host;
  }

  /** Opens a page. */
  async get(path: string): Promise<Response> {
    return this.#agent.get(path);
  }

  /** Takes a file along, as its text. */
  async download(path: string): Promise<{ readonly text: string; readonly headers: Record<string, string> }> {
    const { body, headers } = await this.#agent
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => done(null, text));
      });
    return { text: String(body), headers };
  }

  /** Sends a form of a page, with the session's token. */
  async post(path: string, fields: Fields = {}): Promise<Response> {
    this.#token ??= tokenIn((await this.get('/synchronization')).text);
    return this.send(path, { _csrf: this.#token, ...fields });
  }

  /** Sends a form just as it is given, from a page of this service unless the headers say otherwise. */
  async send(
    path: string,
    fields: Fields,
    headers: Readonly<Record<string, string>> = this.ownOrigin,
  ): Promise<Response> {
    return this.#agent.post(path).type('form').set(headers).send(fields);
  }

  get ownOrigin(): Readonly<Record<string, string>> {
    return { Origin: `http://${this.#host}` };
  }

  /** Sends a form that starts a run, and follows its page to the end. @returns the run's page */
  async run(path: string, fields: Fields): Promise<{ readonly path: string; readonly page: Response }> {
    const answer = await this.post(path, fields);
    const page = new URL(answer.headers.location ?? `${answer.status} ${answer.text}`, `http://${this.#host}`);
    for (;;) {
      const { body } = await this.get(`${page.pathname}/progress`);
      if (body.status !== 'running') break;
    }
    return { path: page.pathname, page: await this.get(page.pathname + page.search) };
  }
}

/** The token that a page's forms carry. */
export function tokenIn(html: string): string {
  const found = /name="_csrf" value="([^"]+)"/.exec(html)?.[1];
  if (found === undefined) throw new Error(`Expected a form with a token, got ${html.slice(0, 200)}`);
  return found;
}

/** What a person reads on a page: no tags, one space between words. */
export function readableText(html: string): string {
  const body = html.slice(html.indexOf('<body')).replace(/<[^>]*>/g, ' ');
  return decode(body).replace(/\s+/g, ' ').trim();
}

/** Undoes the escaping of templates. */
export function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
