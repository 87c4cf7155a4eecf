import type {
  ChoiceLimits,
  LimitedQuantity,
  Loss,
  Measured,
  Preference,
  Recommendation,
  Setting,
  SettingGroup,
  SettingState,
} from './choice.ts';

/**
 * Chooses among the settings of one language: a setting is out when an interval lies beyond a limit as a whole, fits when
 * all intervals lie within the limits, and is unclear otherwise.
 * Runs in the page too: it may use nothing but its parameters.
 */
export function recommend(group: SettingGroup, limits: ChoiceLimits, take: Preference): Recommendation {
  const quantities: readonly { limit: LimitedQuantity; title: string; gain: string }[] = [
    { limit: 'maxLatencyMs', title: 'median latency', gain: 'answers' },
    { limit: 'maxFirstTextMs', title: 'median time to first text', gain: 'shows its first text' },
    { limit: 'maxWordDelayMs', title: 'median delay of words', gain: 'shows words' },
    { limit: 'maxCostPerMinuteUsd', title: 'cost per minute', gain: 'costs' },
  ];
  const reference = group.settings.find(({ isReference }) => isReference);
  const limitPoints = limits.maxErrorLossPoints;

  const points = (fraction: number): string =>
    `${fraction < -0.0005 ? '−' : '+'}${Math.abs(fraction * 100).toFixed(1)}`;
  const bound = (fraction: number): string => (fraction * 100).toFixed(1);
  const dollars = (usd: number): string => (usd > 0 && usd < 0.01 ? 'under $0.01' : `$${usd.toFixed(2)}`);
  const amount = (limit: LimitedQuantity, value: number): string =>
    limit === 'maxCostPerMinuteUsd'
      ? `$${Number(value.toPrecision(2))}`
      : Math.abs(value) >= 1000
        ? `${(value / 1000).toFixed(1)} s`
        : `${Math.round(value)} ms`;

  const isAlike = ({ value, standardError }: Loss): boolean => value === 0 && standardError === 0;

  const sizeOf = ({ loss }: Setting): string => {
    if (loss === null) return '';
    if (isAlike(loss)) return `no difference in ${loss.pairs} pairs, at most ${bound(loss.high)} points`;
    return `${points(loss.value)} points [${points(loss.low)}, ${points(loss.high)}]`;
  };

  /** How much more speech would tell on which side of the limit the loss lies. */
  const needed = ({ loss }: Setting): string => {
    if (loss === null) return '';
    const limit = limitPoints / 100;
    // Of a one-sided test at 5 % with 80 % power; a bound from pairs without a difference shrinks as they grow.
    const factor = isAlike(loss)
      ? loss.high / limit
      : ((2.486475 * loss.standardError) / Math.abs(limit - loss.value)) ** 2;
    if (!(factor <= 1000)) return 'no reasonable amount of speech would tell';
    // By its size and spread the loss should have been told by now.
    if (factor <= 1) return 'a little more speech may tell';
    const hours = (factor - 1) * loss.audioHours;
    const cost = loss.costUsd === null ? '' : `, ${dollars((factor - 1) * loss.costUsd)}`;
    const minutes = Math.max(1, Math.round(hours * 60));
    const time =
      hours >= 1 ? `${hours.toFixed(1)} more hours` : `${minutes} more ${minutes === 1 ? 'minute' : 'minutes'}`;
    return `about ${time}${cost}`;
  };

  const against = ({ low, high }: Measured, limit: number): SettingState =>
    low > limit ? 'out' : high <= limit ? 'fits' : 'unclear';

  const judge = (setting: Setting): { state: SettingState; reason: string } => {
    const { loss } = setting;
    const reasons: { state: SettingState; reason: string }[] = [];
    for (const { limit, title } of quantities) {
      const most = limits[limit];
      if (most === null) continue;
      const measured = setting.measured[limit];
      const state = measured === null ? 'unclear' : against(measured, most);
      if (state === 'fits') continue;
      const value =
        measured === null ? 'is not known' : `${amount(limit, measured.value)}, limit ${amount(limit, most)}`;
      reasons.push({ state, reason: `${title} ${value}` });
    }
    if (setting.rate === null) reasons.push({ state: 'unclear', reason: 'its error rate is not known' });
    else if (!setting.isReference && loss === null) {
      reasons.push({ state: 'unclear', reason: 'it shares too few answers with the reference' });
    } else if (loss !== null && loss.low * 100 > limitPoints) {
      reasons.push({ state: 'out', reason: `loses ${sizeOf(setting)}` });
    } else if (loss !== null && loss.high * 100 > limitPoints) {
      reasons.push({ state: 'unclear', reason: `${sizeOf(setting)}: ${needed(setting)}` });
    }
    const worst = reasons.find(({ state }) => state === 'out') ?? reasons[0];
    if (worst !== undefined) return worst;
    return { state: 'fits', reason: setting.isReference ? 'the reference of the error rate' : sizeOf(setting) };
  };

  /** By which quantity settings are ordered: the first that is known of all of them. */
  const ordering =
    take === 'most-accurate'
      ? undefined
      : (take === 'cheapest' ? ['maxCostPerMinuteUsd' as const] : ['maxWordDelayMs' as const, 'maxLatencyMs' as const])
          .map((limit) => quantities.find((quantity) => quantity.limit === limit)!)
          .find(({ limit }) => group.settings.every(({ measured }) => measured[limit] !== null));
  const valueOf = (setting: Setting): number =>
    ordering === undefined ? (setting.rate ?? Infinity) : setting.measured[ordering.limit]!.value;

  const judged = group.settings.map(judge);
  const named = (state: SettingState): readonly number[] =>
    judged.flatMap((one, index) => (one.state === state ? [index] : []));
  const [taken] = [...named('fits')].sort(
    (one, other) =>
      valueOf(group.settings[one]!) - valueOf(group.settings[other]!) ||
      (group.settings[one]!.rate ?? 0) - (group.settings[other]!.rate ?? 0),
  );
  const states = judged.map((one, index) => (index === taken ? { ...one, state: 'taken' as const } : one));

  /** Settings with their reasons, those of one reason together; the table has what is too much for a sentence. */
  const listed = (indexes: readonly number[]): string => {
    const byReason = new Map<string, string[]>();
    for (const index of indexes) {
      const { reason } = judged[index]!;
      byReason.set(reason, [...(byReason.get(reason) ?? []), group.settings[index]!.name]);
    }
    const parts = [...byReason].map(([reason, names]) => `${names.join(', ')} (${reason})`);
    return parts.length <= 3
      ? parts.join('; ')
      : `${parts.slice(0, 3).join('; ')}; ${parts.length - 3} more in the table`;
  };
  const opening = (): string => {
    if (taken === undefined)
      return named('unclear').length > 0 ? 'we cannot tell yet.' : 'no setting keeps to the limits.';
    const setting = group.settings[taken]!;
    if (reference === undefined || setting.loss === null) {
      return `take ${setting.name}${group.settings.length > 1 ? '; no other setting is known to do better within the limits' : ''}.`;
    }
    const gain = (): string => {
      if (ordering === undefined) return '';
      const less = valueOf(reference) - valueOf(setting);
      if (!(less > 0)) return '';
      return ordering.limit === 'maxCostPerMinuteUsd'
        ? ` and costs ${amount(ordering.limit, less)} less per minute`
        : ` and ${ordering.gain} ${amount(ordering.limit, less)} sooner`;
    };
    const { low, high } = setting.loss;
    const verdict = isAlike(setting.loss)
      ? `it differed from ${reference.name} in none of ${setting.loss.pairs} pairs (a loss of at most ${bound(high)} points)`
      : high < 0
        ? `it errs less than ${reference.name} (${sizeOf(setting)})`
        : low * 100 >= -limitPoints
          ? `it is equivalent to ${reference.name} within ${limitPoints} points (${sizeOf(setting)})`
          : `it is not worse than ${reference.name} by more than ${limitPoints} points (${sizeOf(setting)})`;
    return `take ${setting.name}: ${verdict}${gain()}.`;
  };
  const better = named('unclear').filter((index) => {
    if (taken === undefined) return true;
    const setting = group.settings[index]!;
    return valueOf(setting) < valueOf(group.settings[taken]!) && (setting.loss?.value ?? 0) * 100 <= limitPoints;
  });
  const answer = [
    opening(),
    better.length === 0 ? '' : `${taken === undefined ? 'Open' : 'Perhaps better, not yet clear'}: ${listed(better)}.`,
    named('out').length === 0 ? '' : `Out: ${listed(named('out'))}.`,
  ].filter((part) => part !== '');
  return { states, answer: answer.join(' ') };
}
