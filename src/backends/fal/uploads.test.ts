import { expect, it } from 'vitest';
import { UploadCache } from './uploads.ts';

const hour = 3_600_000;

it('uploads a clip once for all that want it, also when it has expired', async () => {
  let now = 0;
  let uploads = 0;
  const cache = new UploadCache(null, 'fal', () => now);
  const upload = async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return `url ${++uploads}`;
  };
  const wantedByMany = async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => cache.urlOf('sha', hour, upload)));
    return [new Set(answers.map(({ url }) => url)).size, answers.filter(({ isNew }) => isNew).length];
  };
  expect(await wantedByMany()).toEqual([1, 1]);
  now = 2 * hour;
  expect(await wantedByMany()).toEqual([1, 1]);
  expect(uploads).toBe(2);
});

it('tries again after an upload that failed, for each that still wants it', async () => {
  const cache = new UploadCache(null, 'fal', () => 0);
  let tries = 0;
  const upload = () => (++tries === 1 ? Promise.reject(new Error('broken')) : Promise.resolve(`url ${tries}`));
  const [first, second] = await Promise.allSettled([
    cache.urlOf('sha', hour, upload),
    cache.urlOf('sha', hour, upload),
  ]);
  expect([first.status, second.status, tries]).toEqual(['rejected', 'fulfilled', 2]);
});
