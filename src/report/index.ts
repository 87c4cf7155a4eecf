import { renderCsv } from './csv.ts';
import { renderNemo } from './export/nemo.ts';
import { openAsrManifests } from './export/open-asr.ts';
import { renderTrnHypotheses, renderTrnReferences } from './export/trn.ts';
import { renderUtterances } from './export/utterances.ts';
import { renderReport } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { FolderWriter, ReportWriter } from './report-writer.ts';

/** Every form of a report, by format. */
export const reportWriters = {
  html: { format: 'html', extension: '.html', render: renderReport },
  markdown: { format: 'markdown', extension: '.md', render: renderMarkdown },
  csv: { format: 'csv', extension: '.csv', render: renderCsv },
  junit: { format: 'junit', extension: '.xml', render: renderJunit },
  json: { format: 'json', extension: '.json', render: renderJson },
  utterances: { format: 'utterances', extension: '.utterances.csv', render: renderUtterances },
  nemo: { format: 'nemo', extension: '.jsonl', render: renderNemo },
  'trn-references': { format: 'trn-references', extension: '.ref.trn', render: renderTrnReferences },
  'trn-hypotheses': { format: 'trn-hypotheses', extension: '.hyp.trn', render: renderTrnHypotheses },
} as const satisfies Readonly<Record<string, ReportWriter>>;

/** The forms that take several files, by format. */
export const folderWriters = {
  'open-asr': { format: 'open-asr', render: openAsrManifests },
} as const satisfies Readonly<Record<string, FolderWriter>>;
