import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/core/project-root.js';
import { verdictKinds } from '../../../src/features/offers/verdict.js';
import { PageTexts } from '../../../src/http/page-texts.js';

const templates = join(projectRoot(), 'templates');
const texts = new PageTexts(templates, 'en');
const keys = Object.keys(JSON.parse(readFileSync(join(templates, 'locales', 'en.json'), 'utf8')) as object);

/** Texts that pages ask for: whole keys, and beginnings of keys whose end is a state or a code. */
function askedFor(): { readonly whole: ReadonlySet<string>; readonly starts: ReadonlySet<string> } {
  const whole = new Set<string>();
  const starts = new Set<string>();
  for (const source of sources()) {
    for (const [, key] of source.matchAll(/\b(?:t|text)\(\s*'([\w.-]+)'\s*[,)]/g)) whole.add(key ?? '');
    for (const [, start] of source.matchAll(/\b(?:t|text)\(\s*'([\w.-]+\.)' ?\+/g)) starts.add(start ?? '');
    for (const [, start] of source.matchAll(/\btext\(`([\w.-]+\.)\$\{/g)) starts.add(start ?? '');
    for (const [, one, other] of source.matchAll(/\bt\([^()]*\? '([\w.-]+)' : '([\w.-]+)'\)/g))
      for (const key of [one, other]) whole.add(key ?? '');
  }
  return { whole, starts };
}

function* sources(): Generator<string> {
  const files = (folder: string, ending: RegExp) =>
    readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name))
      .map((name) => readFileSync(join(projectRoot(), folder, name), 'utf8'));
  yield* files('templates', /\.eta$/);
  yield* files('src/features', /-(screens|views|page)\.ts$/);
  yield* files('src/http', /\.ts$/);
}

/** What a template says in its own words, in its text or in an attribute that people read. */
function wordsIn(template: string): readonly string[] {
  const html = template.replace(/<%[\s\S]*?%>/g, '');
  const read = [...html.matchAll(/\b(?:title|alt|placeholder|aria-label|data-label)="([^"]*)"/g)].map(
    ([, text]) => text,
  );
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&\w+;/g, ' ');
  return [text, ...read].join(' ').match(/\p{L}{2,}/gu) ?? [];
}

function textsOf(name: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(JSON.parse(readFileSync(join(templates, 'locales', name), 'utf8')) as object));
}

describe('The texts of the pages', () => {
  const { whole, starts } = askedFor();

  it('are there for every key that a page asks for', () => {
    expect(whole.size).toBeGreaterThan(150);
    const isThere = (key: string) => texts.has(key) || texts.has(`${key}.other`);
    expect([...whole].filter((key) => !isThere(key))).toEqual([]);
    expect([...starts].filter((start) => !keys.some((key) => key.startsWith(start)))).toEqual([]);
  });

  it('are all asked for by some page', () => {
    const plain = (key: string) => key.replace(/\.(one|other)$/, '');
    const chosenByCode = ['error.', 'progress.'];
    const isAskedFor = (key: string) =>
      whole.has(key) || whole.has(plain(key)) || [...starts, ...chosenByCode].some((start) => key.startsWith(start));
    expect(keys.filter((key) => !isAskedFor(key))).toEqual([]);
  });

  it('are the words of every template: none stands in it by itself', () => {
    const templateFiles = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.eta'),
    );
    const words = templateFiles.flatMap((name) => wordsIn(readFileSync(join(templates, name), 'utf8')));
    expect(new Set(words)).toEqual(new Set(['Amazon', 'ASIN', 'Feedbridge', 'SKU']));
  });

  it('name every task', () => {
    const tasks = readdirSync(join(projectRoot(), 'scheduled')).filter((name) => name.endsWith('.ts'));
    expect(tasks.length).toBeGreaterThan(0);
    expect(tasks.filter((name) => !texts.has(`task.name.${name.replace('.ts', '')}`))).toEqual([]);
  });

  it('name every verdict', () => {
    expect(Object.keys(verdictKinds).filter((code) => !texts.has(`verdict.${code}`))).toEqual([]);
  });

  it('have both forms where they count', () => {
    const counting = keys.filter((key) => /\.(one|other)$/.test(key)).map((key) => key.replace(/\.\w+$/, ''));
    for (const key of counting) expect([texts.has(`${key}.one`), texts.has(`${key}.other`)]).toEqual([true, true]);
  });
});

describe.each(readdirSync(join(templates, 'locales')))('The language file %s', (name) => {
  const english = textsOf('en.json');
  const translated = textsOf(name);

  it('has each text of the English one, no other, and none that is empty', () => {
    // Plural forms differ from language to language; what counts is that "other", which each has, is there.
    const counted = (key: string) => key.replace(/\.(zero|one|two|few|many)$/, '.other');
    const keysOf = (of: ReadonlyMap<string, string>) => [...new Set([...of.keys()].map(counted))].toSorted();
    expect(keysOf(translated)).toEqual(keysOf(english));
    expect([...translated].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fills in each text what the English one fills in', () => {
    const bracesOf = (text = '') => [...new Set(text.match(/\{\w+\}/g))].toSorted();
    const different = [...translated].filter(
      ([key, text]) => !key.endsWith('.one') && String(bracesOf(text)) !== String(bracesOf(english.get(key))),
    );
    expect(different).toEqual([]);
  });
});

describe('A text', () => {
  it('is filled with figures in the way of its language, singular or plural', () => {
    expect(texts.text('notice.removed', { count: 1 })).toBe('One row was removed from the queue.');
    expect(texts.text('notice.removed', { count: 1_234 })).toBe('1,234 rows were removed from the queue.');
    expect(texts.text('page.zone', { zone: 'Europe/Paris' })).toBe('Times are shown in Europe/Paris.');
  });

  it('without its figures keeps its braces, and an unknown one is its own key', () => {
    expect(texts.text('page.zone')).toBe('Times are shown in {zone}.');
    expect(texts.text('no.such.text')).toBe('no.such.text');
  });
});
