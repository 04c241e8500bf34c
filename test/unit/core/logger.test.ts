import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LogLevel, openLogger, silentLogger } from '../../../src/core/logger.js';

describe('The log', () => {
  let written: string[] = [];
  beforeEach(() => {
    written = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const lines = () =>
    written
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is one JSON line per entry, with time, level, message and fields', () => {
    openLogger('info').warn('Feed is late', { feedId: 7, reason: null });
    expect(lines()).toEqual([
      {
        level: 'warn',
        message: 'Feed is late',
        feedId: 7,
        reason: null,
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  it.each<[LogLevel, number]>([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['silent', 0],
  ])('at level %s writes %s of four entries', (level, count) => {
    const logger = openLogger(level);
    logger.debug('d');
    logger.info('i');
    logger.warn('w');
    logger.error('e');
    expect(lines()).toHaveLength(count);
  });

  it('adds a child’s fields to each entry, the nearest one first', () => {
    openLogger('info').child({ runId: 3, part: 'price' }).child({ part: 'quantity' }).info('Sent', { feedId: 4 });
    expect(lines()).toMatchObject([{ runId: 3, part: 'quantity', feedId: 4 }]);
  });

  it('keeps its constant message and level whatever the fields are called', () => {
    openLogger('info').info('Sent', { message: 'other', level: 'error' });
    expect(lines()).toMatchObject([{ message: 'Sent', level: 'info' }]);
  });

  it('that is silent says nothing, nor does its child', () => {
    silentLogger.child({ runId: 1 }).error('x');
    expect(written).toEqual([]);
  });
});
