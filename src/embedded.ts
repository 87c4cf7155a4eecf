import { fileURLToPath } from 'node:url';

/** The model that comes with Earshot: small, synthetic, six languages; it shows how the harness works. */
export const embeddedModel = fileURLToPath(new URL('../models/tiny-fastconformer', import.meta.url));

/** The corpus that comes with Earshot: synthetic speech. */
export const embeddedCorpus = fileURLToPath(new URL('../datasets/spoken-commands', import.meta.url));
