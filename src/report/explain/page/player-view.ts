import type { AudioElement, Browser, CanvasElement, Element } from './browser.ts';
import type { Elements } from './elements.ts';
import type { PageErrors } from './errors.ts';
import type { spectrogram } from './spectrogram.ts';

/** A word of a text with its end in the audio. */
interface TimedWord {
  readonly text: string;
  readonly endSeconds: number;
}

/** The words of a text that has times; empty without. Runs in the page: it may use nothing but its parameters. */
export function timedWords(
  text: string,
  timing: { readonly words: readonly number[]; readonly ends: readonly number[] },
  starts: Int32Array,
  index: number,
): readonly TimedWord[] {
  const words: TimedWord[] = [];
  let at = 0;
  for (let word = starts[index]!; word < starts[index]! + timing.words[index]!; word++) {
    const end = at + timing.ends[2 * word]!;
    words.push({ text: text.slice(at, end), endSeconds: timing.ends[2 * word + 1]! / 100 });
    at = end;
  }
  if (words.length > 0 && at < text.length) words.push({ text: text.slice(at), endSeconds: Infinity });
  return words;
}

/**
 * A player, the words that it follows, and a spectrogram on demand.
 * @param source an address of the audio; `bytes` where the page has them.
 * Runs in the page: it may use nothing but its parameters.
 */
export function playerView(
  page: Browser,
  { make, outside, button }: Elements,
  { source, bytes, label }: { readonly source: string; readonly bytes: Uint8Array | null; readonly label: string },
  lines: readonly { readonly name: string; readonly words: readonly TimedWord[] }[],
  language: PageErrors['packed']['languages'][number],
  spectra: typeof spectrogram,
): Element {
  const range = 70;
  const audio = make('audio', {
    controls: true,
    preload: bytes === null ? 'none' : 'metadata',
    src: source,
    'aria-label': label,
  }) as AudioElement;
  const problem = make('p', { class: 'facts', role: 'status' });
  audio.addEventListener('error', () => {
    problem.textContent = 'This audio cannot be played here; it may have been moved.';
  });
  const spoken: { readonly element: Element; readonly from: number; readonly to: number }[] = [];
  const seek = (seconds: number): void => {
    audio.currentTime = seconds;
    void audio.play().catch(() => undefined);
  };
  const transcripts = lines.map(({ name, words }) => {
    let from = 0;
    const parts = words.flatMap(({ text, endSeconds }) => {
      const start = from;
      const word = text.trimStart();
      const element = make('span', { class: 'word' }, outside(word, 200));
      if (endSeconds !== Infinity) {
        spoken.push({ element, from: start, to: endSeconds });
        element.addEventListener('click', () => seek(Math.max(0, start - 0.05)));
      }
      from = endSeconds;
      // Of the line, not of the word, which may be written the other way.
      return [text.slice(0, text.length - word.length), element];
    });
    return make(
      'p',
      { class: 'timed' },
      make('small', {}, name, ' '),
      make('span', { lang: language.lang === '' ? null : language.lang, dir: language.direction }, ...parts),
    );
  });
  const playhead = make('div', { class: 'playhead' });
  const follow = (): void => {
    const now = audio.currentTime;
    for (const { element, from, to } of spoken) {
      if (now > from && now <= to && !(audio.paused && now === 0)) element.setAttribute('data-now', '');
      else element.removeAttribute('data-now');
    }
    playhead.style.setProperty('left', `${(100 * now) / (audio.duration > 0 ? audio.duration : 1)}%`);
    if (!audio.paused) page.requestAnimationFrame(follow);
  };
  for (const event of ['play', 'seeked', 'timeupdate']) audio.addEventListener(event, follow);

  const picture = make('div', { class: 'spectrogram', hidden: true });
  const draw = async (): Promise<void> => {
    show.disabled = true;
    const context = new page.OfflineAudioContext(1, 1, 16_000);
    const decoded = await context.decodeAudioData(bytes!.slice().buffer);
    const columns = Math.min(1200, Math.max(200, Math.round(decoded.duration * 100)));
    const levels = spectra(decoded.getChannelData(0), columns, range);
    const canvas = make('canvas', {
      role: 'img',
      'aria-label': `Spectrogram, 0 to 8 kHz, ${decoded.duration.toFixed(1)} s`,
    }) as CanvasElement;
    canvas.width = columns;
    canvas.height = 256;
    const drawing = canvas.getContext('2d');
    const image = drawing.createImageData(columns, 256);
    for (let column = 0; column < columns; column++) {
      for (let bin = 0; bin < 256; bin++) {
        const level = 1 + levels[column * 256 + bin]! / range;
        const at = 4 * ((255 - bin) * columns + column);
        // From black over blue and orange to near white: brighter is always louder, also without colors.
        image.data[at] = 255 * Math.min(1, Math.max(0, 1.7 * level - 0.45));
        image.data[at + 1] = 255 * Math.min(1, Math.max(0, 1.5 * level - 0.5));
        image.data[at + 2] = 255 * Math.min(1, level < 0.5 ? 1.3 * level : 0.65 + 1.1 * Math.max(0, level - 0.7));
        image.data[at + 3] = 255;
      }
    }
    drawing.putImageData(image, 0, 0);
    canvas.addEventListener('click', (event) => {
      const box = canvas.getBoundingClientRect();
      seek(((event.clientX - box.left) / box.width) * decoded.duration);
    });
    const marks = (spoken.length === 0 ? [] : spoken).map(({ to }) => {
      const mark = make('div', { class: 'boundary' });
      mark.style.setProperty('left', `${(100 * to) / decoded.duration}%`);
      return mark;
    });
    picture.replaceChildren(
      canvas,
      ...marks,
      playhead,
      make('span', { class: 'axis high' }, '8 kHz'),
      make('span', { class: 'axis low' }, `0 to ${decoded.duration.toFixed(1)} s`),
    );
    picture.hidden = false;
    follow();
  };
  const show = button('Spectrogram', () => {
    void draw().catch(() => {
      problem.textContent = 'This audio cannot be decoded here.';
    });
  });
  show.hidden = bytes === null;
  return make(
    'div',
    { class: 'player' },
    make('div', { class: 'controls' }, audio, show),
    picture,
    ...transcripts,
    problem,
  );
}
