import { type ColorRole, darkPalette, lightPalette } from '../charts/theme.ts';
import { colorProperty } from './chart-spec.ts';

/** The page's style sheet: one column of text, tables that scroll by themselves, two themes, and paper. */
export function styleSheet(): string {
  return `:root{color-scheme:light dark;${properties(lightPalette)}--wash:#f3f5f7;--link:#0b5cad;--bad:#b42318;--lost:#b42318;--gained:#0b5cad;--lost-wash:#fdecea;--gained-wash:#e6f0fb}
@media (prefers-color-scheme:dark){:root{${properties(darkPalette)}--wash:#1f242a;--link:#7cb8f2;--bad:#ff8f85;--lost:#ff9c92;--gained:#8cc4ff;--lost-wash:#3c1f1d;--gained-wash:#172d45}}
@media print{:root{color-scheme:light;${properties(lightPalette)}--wash:#f3f5f7;--link:#0b5cad;--bad:#b42318;--lost:#b42318;--gained:#0b5cad;--lost-wash:#fdecea;--gained-wash:#e6f0fb}}
${rules}`;
}

/** The light theme by style property, for pictures that leave the page. */
export function lightColors(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (Object.keys(lightPalette) as ColorRole[]).map((role) => [colorProperty(role), lightPalette[role]]),
  );
}

function properties(palette: Readonly<Record<ColorRole, string>>): string {
  return (Object.keys(palette) as ColorRole[]).map((role) => `${colorProperty(role)}:${palette[role]};`).join('');
}

const rules = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.skip{position:absolute;left:-999px;top:0;padding:.5rem 1rem;background:var(--paper);z-index:3}
.skip:focus{left:0}
header,main,footer{overflow-x:clip;max-width:72rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
h1{font-size:1.75rem;line-height:1.2;margin:0;overflow-wrap:anywhere}
h2{font-size:1.3rem;margin:3rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--rule)}
h3{font-size:1.05rem;margin:0}
h4{font-size:.9rem;margin:0 0 .25rem;font-weight:600;overflow-wrap:anywhere}
p{margin:.5rem 0;max-width:50rem}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.eyebrow{color:var(--ink-soft);font-size:.875rem;margin:0 0 .35rem}
.lead{font-size:1.15rem;color:var(--ink-soft);overflow-wrap:anywhere}
.notice,.warning{border-left:4px solid var(--series-1);background:var(--wash);padding:.6rem .9rem;margin:1rem 0;max-width:none;overflow-wrap:anywhere}
.warning{border-color:var(--series-2)}
.measured{font-weight:600;margin-top:1.25rem}
.findings{margin:1.25rem 0;padding-left:1.2rem;max-width:50rem}
.findings li{margin:.4rem 0}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:1.25rem 0 0;font-size:.9375rem}
.scroll{position:relative;overflow-x:auto;margin:1rem 0;border:1px solid var(--rule);border-radius:6px;max-height:85vh;overflow-y:auto}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.8125rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.6rem .75rem;color:var(--ink-soft);caption-side:top;position:sticky;left:0;max-width:calc(100vw - 2.5rem)}
th,td{padding:.35rem .48rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule);white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
thead th{position:sticky;top:0;background:var(--wash);z-index:1;font-weight:600;color:var(--ink-soft)}
th:first-child{text-align:left;position:sticky;left:0;background:var(--paper);font-weight:400;z-index:1;max-width:16rem;overflow-wrap:anywhere;white-space:normal}
thead th:first-child{background:var(--wash);z-index:2}
td small,th small{display:block;color:var(--ink-soft);font-size:.75rem}
.cells th:first-child{min-width:8.5rem}
th:first-child{min-width:6.5rem}
.unit{font-weight:400}
sup{line-height:0;font-size:.7em;color:var(--ink-soft)}
td.secondary,td.secondary small{color:var(--ink-soft)}
b.bad{color:var(--bad);font-weight:600}
td.text,th.text{text-align:start;white-space:normal;overflow-wrap:anywhere;min-width:16rem}
td.word,th.word{text-align:start}
thead th{white-space:normal;vertical-align:bottom}
thead button{all:unset;cursor:pointer}
thead button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
thead button:hover{text-decoration:underline}
th[aria-sort] button{color:var(--ink)}
th[aria-sort=ascending] button::after{content:" ↑"}
th[aria-sort=descending] button::after{content:" ↓"}
.limits{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.75rem 1.5rem;background:var(--wash);border-radius:6px;padding:.75rem .9rem;margin:1rem 0;align-items:end}
.limits label{display:grid;grid-template-columns:1fr auto;gap:0 .5rem;font-size:.875rem}
.limits input{grid-column:1/-1;width:100%;margin:.25rem 0;accent-color:var(--series-1);min-height:1.5rem}
.limits output{font-weight:600;font-variant-numeric:tabular-nums}
.limits:not(:has(input:enabled)){display:none}
.limits button{font:inherit;font-size:.875rem;color:var(--ink);background:var(--paper);border:1px solid var(--rule);border-radius:4px;padding:.25rem .75rem;cursor:pointer;justify-self:start}
.answers{padding-left:1.2rem;max-width:60rem;overflow-wrap:anywhere}
.answers li{margin:.4rem 0}
.choice td b{font-weight:600}
.choice td.out,.choice td.unclear{color:var(--ink-soft)}
.choice td.out b{color:var(--bad)}
.choice td.taken{background:var(--gained-wash);box-shadow:inset 0 0 0 2px var(--series-1)}
.notes{font-size:.8125rem;color:var(--ink-soft);padding-left:1.5rem;margin:.5rem 0;overflow-wrap:anywhere}
figure{margin:2.25rem 0}
.question,figcaption{color:var(--ink-soft);max-width:50rem}
.question{margin:.1rem 0 .75rem}
figcaption{font-size:.875rem;margin:.5rem 0}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.5rem}
.panel{min-width:0}
.plot{min-height:8rem;width:100%;overflow:hidden}
.plot svg{display:block;max-width:100%}
.save{display:flex;gap:.5rem;margin:.25rem 0 0}
.save button{font:inherit;font-size:.75rem;color:var(--ink-soft);background:none;border:1px solid var(--rule);border-radius:4px;padding:.1rem .5rem;cursor:pointer}
.save button:disabled{display:none}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--link);width:fit-content;max-width:100%}
.tooltip{position:fixed;z-index:9;pointer-events:none;white-space:pre-line;overflow-wrap:anywhere;max-width:20rem;background:var(--ink);color:var(--paper);padding:.4rem .6rem;border-radius:4px;font-size:.8125rem;line-height:1.4}
.tooltip[hidden]{display:none}
details details{margin-inline-start:1rem}
summary,.findings li,.repeated li{overflow-wrap:anywhere}
.repeated{overflow-x:clip;margin:.25rem 0;padding-left:1.6rem;font-size:.875rem}
.repeated small{display:block;color:var(--ink-soft);overflow-wrap:anywhere}
.language{margin:1.5rem 0 .5rem}
.language small{color:var(--ink-soft);font-weight:400}
.utterance{border:1px solid var(--rule);border-radius:6px;margin:.4rem 0;padding:.5rem .9rem;overflow:hidden}
.utterance>summary{color:var(--ink);width:auto;display:flex;gap:.75rem;align-items:baseline}
.utterance>summary::before{content:"▸";color:var(--link);flex:none}
.utterance[open]>summary::before{content:"▾"}
.utterance>summary::-webkit-details-marker{display:none}
.utterance>summary .speech{flex:1;min-width:0;overflow-wrap:anywhere}
.utterance:not([open])>summary .speech{max-height:5.1em}
.rate{font-size:.8125rem;color:var(--ink-soft);font-variant-numeric:tabular-nums;min-width:3.5em;text-align:right}
.utterance .scroll{margin:.5rem 0 0;border:0;border-top:1px solid var(--rule);border-radius:0}
.facts{color:var(--ink-soft);font-size:.8125rem;margin:.1rem 0;max-width:none;overflow-wrap:anywhere}
audio{width:100%;max-width:26rem;height:2.25rem;margin:.4rem 0;display:block}
.speech{overflow:clip;overflow-clip-margin:.3em;line-height:1.7}
del,ins{text-decoration:none;border-radius:3px;padding:0 .15em}
del{color:var(--lost);background:var(--lost-wash);text-decoration:line-through}
ins{color:var(--gained);background:var(--gained-wash);text-decoration:underline}
.to::before{content:"→"}
[dir=rtl] .to::before{content:"←"}
.control{border:1px dotted currentColor;border-radius:3px;font-size:.7em;padding:0 .2em;color:var(--ink-soft);unicode-bidi:isolate}
.cut{color:var(--ink-soft)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
dl{display:grid;grid-template-columns:11rem 1fr;gap:.3rem 1.25rem;font-size:.9375rem}
dt{overflow-wrap:anywhere;color:var(--ink-soft)}
dd{overflow-x:clip;margin:0;overflow-wrap:anywhere;min-width:0}
.definitions{display:block}
.definitions dt{overflow-wrap:anywhere;color:var(--ink);font-weight:600;margin-top:.75rem}
.definitions dd{max-width:50rem;color:var(--ink-soft)}
code,pre{font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{overflow-wrap:anywhere}
pre{background:var(--wash);padding:.75rem;border-radius:6px;overflow:auto;max-height:24rem;white-space:pre-wrap;overflow-wrap:anywhere}
footer{margin-top:4rem;padding-bottom:2.5rem;color:var(--ink-soft);font-size:.8125rem}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}th:first-child{max-width:9rem}.cells .text{min-width:8rem}.cells .text:last-child{min-width:15rem}.utterance th:first-child{min-width:5.25rem}td.word{white-space:normal}.utterance .text{min-width:7.5rem}}
@page{margin:12mm}
@page wide{size:landscape}
@media print{#results{page:wide}table{font-size:8.5px}td small,th small{font-size:7.5px}th,td{padding:.15rem .3rem;white-space:normal}.cells th:first-child,th:first-child{min-width:9em}td.text,th.text{min-width:12em}nav,.skip,.save,.limits,audio,.tooltip{display:none}body,figcaption,.notes{font-size:11px}.scroll{overflow:visible;max-height:none;border:0}thead th,th:first-child{position:static}figure,.utterance,tr{break-inside:avoid}h2,h3{break-after:avoid}}
`;
