import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../src/amazon/mask-secrets.js';

describe('maskSecrets', () => {
  it('removes Amazon’s tokens and client secrets by their forms', () => {
    const text = 'token Atza|IwEB_x-1 or "Atzr|IwEB2", secret amzn1.oa2-cs.v1.0123abc.';
    expect(maskSecrets(text, [])).toBe('token [secret] or "[secret]", secret [secret]');
  });

  it('removes what signs a document link', () => {
    const text = 'https://bucket.example/a?X-Amz-Date=20261121T000000Z&X-Amz-Signature=abc123&partNumber=1';
    expect(maskSecrets(text, [])).toBe('https://bucket.example/a?[secret]&[secret]&partNumber=1');
  });

  it('removes given values wherever they stand, and ignores empty ones', () => {
    expect(maskSecrets('a hunter2 b hunter2', ['hunter2', ''])).toBe('a [secret] b [secret]');
  });

  it('leaves every other text as it is', () => {
    expect(maskSecrets('Invalid input: feedType', ['hunter2'])).toBe('Invalid input: feedType');
  });
});
