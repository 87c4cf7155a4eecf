import type { StatedUtterance } from './corpus.ts';

/** Which channels of its recordings a corpus is heard by: their mean, or each of those that are named, from 0. */
export type Channels = 'mix' | readonly number[];

/**
 * The utterances that a row stands for. Several channels make as many utterances, told apart by the channel behind their
 * ids and resampled together; a row that names its channel keeps it.
 */
export function byChannel(utterance: StatedUtterance, channels: Channels): readonly StatedUtterance[] {
  if (channels === 'mix' || utterance.audio.channel !== undefined) return [utterance];
  return channels.map((channel) => {
    const heard = { ...utterance, audio: { ...utterance.audio, channel } };
    if (channels.length === 1) return heard;
    return { ...heard, id: `${utterance.id}#${channel}`, sentence: utterance.sentence ?? utterance.id };
  });
}
