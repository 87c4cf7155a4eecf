import { unknownText } from '../../charts/number-text.ts';
import type { CellSummary } from '../../types.ts';
import { type Markup, html } from '../markup.ts';
import { sortableHead } from '../sortable-head.ts';
import { transcript, visibleText } from '../transcript-text.ts';
import type { ChoiceInput, ChoiceLimits, Preference, Setting, SettingGroup, SettingState } from './choice.ts';
import { recommend } from './recommend.ts';
import { settingGroups } from './setting-groups.ts';

/** What the page's script recomputes the recommendations from. */
export interface ChoiceFacts {
  readonly groups: readonly SettingGroup[];
  readonly limits: ChoiceLimits;
  readonly take: Preference;
  readonly stateWords: Readonly<Record<SettingState, string>>;
}

interface LimitSlider {
  readonly limit: keyof ChoiceLimits;
  readonly title: string;
  readonly unit: string;
}

const sliders: readonly LimitSlider[] = [
  { limit: 'maxErrorLossPoints', title: 'Error rate may grow by', unit: 'points' },
  { limit: 'maxWordDelayMs', title: 'Median delay of words up to', unit: 'ms' },
  { limit: 'maxFirstTextMs', title: 'Median time to first text up to', unit: 'ms' },
  { limit: 'maxLatencyMs', title: 'Median latency up to', unit: 'ms' },
  { limit: 'maxCostPerMinuteUsd', title: 'Cost per minute up to', unit: 'USD' },
];

const stateWords: Readonly<Record<SettingState, string>> = {
  taken: '✓ take',
  fits: 'fits',
  unclear: '? unclear',
  out: '✕ out',
};

const preferenceWords: Readonly<Record<Preference, string>> = {
  fastest: 'the fastest',
  cheapest: 'the cheapest',
  'most-accurate': 'the most accurate',
};

/** The recommendation per language, the limits to move, and a matrix of all settings; `null` with nothing to choose. */
export function choiceSection(
  cells: readonly CellSummary[],
  { comparisons, limits, take }: ChoiceInput,
): { readonly markup: Markup; readonly facts: ChoiceFacts } | null {
  const groups = settingGroups(cells, comparisons).filter(({ settings }) => settings.length > 1);
  if (groups.length === 0) return null;
  const reference = groups.flatMap(({ settings }) => settings).find(({ isReference }) => isReference)?.name ?? 'none';
  const markup = html`<p>
      Of the settings that keep to the limits, ${preferenceWords[take]}. A setting keeps to a limit when its whole
      interval does; the loss of error rate is measured against <bdi>${visibleText(reference)}</bdi> on the same
      utterances.
    </p>
    <div class="limits" role="group" aria-label="Limits">
      ${sliders.map((slider) => sliderMarkup(slider, limits, groups))}
      <button type="button" disabled data-reset-limits>As in the sweep</button>
    </div>
    <ul class="answers" aria-live="polite" aria-label="Recommendations">
      ${groups.map(
        (group) =>
          html`<li>
            <b>For <bdi>${visibleText(group.name)}</bdi>:</b>
            <span data-answer>${transcript(recommend(group, limits, take).answer)}</span>
          </li>`,
      )}
    </ul>
    ${matrix(groups, limits, take)}`;
  return { markup, facts: { groups, limits, take, stateWords } };
}

/** From 0 to beyond what was measured; at the right end there is no limit, but for the error rate. */
function sliderMarkup({ limit, title, unit }: LimitSlider, limits: ChoiceLimits, groups: readonly SettingGroup[]) {
  const present = limits[limit];
  const settings = groups.flatMap(({ settings }) => settings);
  const measured = settings.flatMap((setting) =>
    limit === 'maxErrorLossPoints'
      ? setting.loss === null
        ? []
        : [setting.loss.high * 100]
      : (setting.measured[limit]?.high ?? []),
  );
  if (measured.length === 0 && present === null) return false;
  const most = Math.max(...measured, present ?? 0, limit === 'maxErrorLossPoints' ? 2 : 0);
  if (!(most > 0)) return false;
  const isEndless = limit !== 'maxErrorLossPoints';
  const step = isEndless ? roundStep(most / 50) : 0.1;
  const end = step * (Math.ceil(most / step) + 1);
  return html`<label>
    <span>${title}</span>
    <input
      type="range"
      disabled
      data-limit="${limit}"
      data-unit="${unit}"
      data-endless="${String(isEndless)}"
      min="0"
      max="${tidy(end)}"
      step="${tidy(step)}"
      value="${tidy(present ?? end)}"
    />
    <output>${present === null ? 'no limit' : `${present} ${unit}`}</output>
  </label>`;
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A row per language and a column per setting: what becomes of each, and what it loses. */
function matrix(groups: readonly SettingGroup[], limits: ChoiceLimits, take: Preference): Markup {
  const names = [...new Set(groups.flatMap(({ settings }) => settings.map(({ name }) => name)))];
  return html`<div class="scroll" role="region" aria-labelledby="choice-caption" tabindex="0">
    <table data-sortable class="choice">
      <caption id="choice-caption">
        Every setting under these limits, with its loss of error rate in points and the 90% interval
      </caption>
      <thead>
        <tr>
          ${sortableHead('Language')}
          ${names.map((name) => sortableHead(html`<bdi>${visibleText(name)}</bdi>`, { explanation: 'Sorts by the loss' }))}
        </tr>
      </thead>
      <tbody>
        ${groups.map((group, groupIndex) => {
          const { states } = recommend(group, limits, take);
          return html`<tr>
            <th scope="row" data-value="${group.name}"><bdi>${visibleText(group.name)}</bdi></th>
            ${names.map((name) => {
              const index = group.settings.findIndex((setting) => setting.name === name);
              if (index === -1) return html`<td data-value="" data-how="not run here">${unknownText}</td>`;
              const setting = group.settings[index]!;
              const { state, reason } = states[index]!;
              const attributes = html`data-value="${setting.isReference ? 0 : (setting.loss?.value ?? '')}"`;
              return html`<td
                ${attributes}
                data-group="${groupIndex}"
                data-setting="${index}"
                class="${state}"
                data-how="${reason}"
              >
                <b>${stateWords[state]}</b><small>${lossText(setting)}</small>
              </td>`;
            })}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function lossText({ isReference, loss }: Setting): string {
  if (isReference) return 'reference';
  if (loss === null) return unknownText;
  if (loss.value === 0 && loss.standardError === 0) return `±0 in ${loss.pairs} pairs`;
  const points = (fraction: number): string =>
    `${fraction < -0.0005 ? '−' : '+'}${Math.abs(fraction * 100).toFixed(1)}`;
  return `${points(loss.value)} [${points(loss.low)}, ${points(loss.high)}]`;
}
