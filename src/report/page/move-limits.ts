import type { ChoiceFacts } from '../choice/choice-section.ts';
import type { recommend } from '../choice/recommend.ts';
import type { PageElement, PageWindow } from './dom.ts';

/**
 * Lets the sliders move the limits, and tells at once what to take under them.
 * Runs in the page: it may use nothing but its parameters.
 */
export function moveLimits({ document }: PageWindow, recommendFor: typeof recommend): void {
  const element = document.getElementById('choice-facts');
  if (element === null) return;
  const { groups, limits, take, stateWords } = JSON.parse(element.textContent ?? '') as ChoiceFacts;
  const sliders = [...document.querySelectorAll('input[data-limit]')];
  const answers = [...document.querySelectorAll('[data-answer]')];
  const cells = [...document.querySelectorAll('td[data-setting]')];
  const outputs = sliders.map((slider) => slider.closest('label')?.querySelector('output') ?? null);
  const beginning = sliders.map(({ value }, index) => ({ value, text: outputs[index]?.textContent ?? '' }));
  const moved = new Map<string, number | null>();

  const isEnd = (slider: PageElement): boolean =>
    slider.dataset['endless'] === 'true' && slider.value === slider.getAttribute('max');

  const show = (): void => {
    const present = { ...limits, ...Object.fromEntries(moved) };
    const recommendations = groups.map((group) => recommendFor(group, present, take));
    answers.forEach((answer, index) => {
      const text = recommendations[index]?.answer ?? '';
      // What did not change is not read out again.
      if (answer.textContent !== text) answer.textContent = text;
    });
    for (const cell of cells) {
      const found = recommendations[Number(cell.dataset['group'])]?.states[Number(cell.dataset['setting'])];
      if (found === undefined) continue;
      cell.className = found.state;
      cell.dataset['how'] = found.reason;
      const word = cell.querySelector('b');
      if (word !== null) word.textContent = stateWords[found.state];
    }
  };

  const label = (index: number, text: string): void => {
    sliders[index]!.setAttribute('aria-valuetext', text);
    const output = outputs[index];
    if (output) output.textContent = text;
  };

  const read = (slider: PageElement, index: number): void => {
    const limit = slider.dataset['limit'] ?? '';
    const value = limit === 'maxErrorLossPoints' ? Math.round(Number(slider.value) * 10) / 10 : Number(slider.value);
    const text = isEnd(slider) ? 'no limit' : `${value} ${slider.dataset['unit'] ?? ''}`;
    moved.set(limit, isEnd(slider) ? null : value);
    label(index, text);
  };

  sliders.forEach((slider, index) => {
    slider.disabled = false;
    slider.addEventListener('input', () => {
      read(slider, index);
      show();
    });
  });
  const reset = document.querySelector('[data-reset-limits]');
  if (reset === null) return;
  reset.disabled = false;
  reset.addEventListener('click', () => {
    sliders.forEach((slider, index) => {
      slider.value = beginning[index]!.value;
      label(index, beginning[index]!.text);
    });
    moved.clear();
    show();
  });
}
