import { describe, expect, it } from 'vitest';
import { endpoints, listCostUsd, nemotronId } from './endpoints.ts';
import { nemotronLocales } from './locales.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';

describe('the table of endpoints', () => {
  const nemotron = endpoints.get(nemotronId)!;

  it('has the 41 languages of the multilingual endpoint, auto included, each once', () => {
    expect(new Set(['auto', ...nemotronLocales]).size).toBe(41);
    for (const locale of nemotronLocales) expect(nemotron.languageInput(locale)).toEqual({ language: locale });
    expect(nemotron.languageInput('auto')).toEqual({ language: 'auto' });
  });

  it.each([
    [nemotronId, 'ar-EG', { language: 'ar-AR' }],
    [nemotronId, 'en-AU', { language: 'en-US' }],
    [nemotronId, 'cy-GB', null],
    ['fal-ai/wizper', 'en-US', { language: 'en' }],
    ['fal-ai/wizper', 'auto', { language: null }],
    ['fal-ai/elevenlabs/speech-to-text/scribe-v2', 'en-US', { language_code: 'eng' }],
    ['fal-ai/elevenlabs/speech-to-text/scribe-v2', 'auto', {}],
    ['fal-ai/cohere-transcribe', 'de-DE', { language: 'de' }],
    ['fal-ai/cohere-transcribe', 'fi-FI', null],
    ['xai/speech-to-text/v1', 'auto', { language: 'auto' }],
  ])('writes the language of %s for %s', (id, tag, input) => {
    expect(endpoints.get(id)!.languageInput(tag)).toEqual(input);
  });

  it('names every language that it claims', () => {
    for (const endpoint of endpoints.values()) {
      for (const tag of endpoint.languages ?? [])
        expect(endpoint.languageInput(tag), `${endpoint.id} ${tag}`).not.toBeNull();
    }
  });

  it.each([
    [nemotronId, 5, (5 / 60) * 0.008],
    ['xai/speech-to-text/v1', 61, 2 * 0.001667],
    ['fal-ai/cohere-transcribe', 10, 0.0006944],
    ['fal-ai/wizper', 10, null],
  ])('prices %s', (id, seconds, usd) => {
    const cost = listCostUsd(endpoints.get(id)!.price, seconds);
    if (usd === null) expect(cost).toBeNull();
    else expect(cost).toBeCloseTo(usd, 10);
  });
});

describe('the limit on calls at once', () => {
  /** Calls that are let in without waiting. */
  async function letIn(limit: ConcurrencyLimit, tries: number): Promise<number> {
    let entered = 0;
    for (let call = 0; call < tries; call++) void limit.enter().then(() => entered++);
    await new Promise((resolve) => setImmediate(resolve));
    return entered;
  }

  it('falls to what is under way still when the host says "too many"', async () => {
    const limit = new ConcurrencyLimit(8);
    for (let call = 0; call < 8; call++) await limit.enter();
    // Of eight, the host takes three.
    for (let call = 0; call < 5; call++) limit.leave(true);
    for (let call = 0; call < 3; call++) limit.leave(false);
    expect(await letIn(limit, 9)).toBe(3);
  });

  it('lets one in at least', async () => {
    const limit = new ConcurrencyLimit(8);
    for (let call = 0; call < 5; call++) {
      await limit.enter();
      limit.leave(true);
    }
    expect(await letIn(limit, 4)).toBe(1);
  });

  it('rises again to where it began while the host answers', async () => {
    const limit = new ConcurrencyLimit(4);
    await limit.enter();
    limit.leave(true);
    for (let call = 0; call < 200; call++) {
      await limit.enter();
      limit.leave(false);
    }
    expect(await letIn(limit, 9)).toBe(4);
  });
});
