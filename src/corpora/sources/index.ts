import { ami } from './ami.ts';
import { commonVoice } from './common-voice.ts';
import { earnings22 } from './earnings-22.ts';
import { fleurs } from './fleurs.ts';
import { librispeech } from './librispeech.ts';
import { mls } from './mls.ts';
import type { PublicCorpus } from './source.ts';
import { tedLium } from './ted-lium.ts';
import { voxpopuli } from './voxpopuli.ts';

/** Every corpus that can be fetched by its name. */
export const publicCorpora: readonly PublicCorpus[] = [
  fleurs,
  librispeech,
  mls,
  commonVoice,
  voxpopuli,
  ami,
  earnings22,
  tedLium,
];
