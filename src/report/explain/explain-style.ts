/** What the page of errors adds to the report's style sheet: two panes that scroll by themselves, and its form. */
export const explainStyle = `
header{padding-top:1rem;max-width:none;width:100%}
header .notice{font-size:.8125rem;padding:.35rem .8rem;margin:.5rem 0 0}
header h1{font-size:1.4rem}
footer{max-width:none;width:100%;margin-top:0;padding-bottom:1.5rem}
main{max-width:none;width:100%;padding-bottom:1rem;overflow-x:visible}
input,select,button{font:inherit;color:inherit}
.query{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;margin:1rem 0 0;font-size:.875rem}
.query label{display:flex;gap:.4rem;align-items:center;color:var(--ink-soft)}
.query input,.query select{background:var(--paper);color:var(--ink);border:1px solid var(--rule);border-radius:6px;padding:.35rem .5rem;max-width:100%;min-width:0}
.search{flex:1 1 16rem}
.search input{width:100%}
.filters{margin:0;flex:1 1 auto}
.filters[open]{flex-basis:100%;order:1}
.fields{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;padding:.75rem 0 .25rem}
.fields label{flex-direction:column;align-items:stretch;gap:.15rem}
.fields label.check{flex-direction:row;align-items:center;color:var(--ink);padding:.35rem 0}
.fields select{max-width:14rem}
fieldset{border:0;padding:0;margin:0;min-width:0;color:var(--ink-soft)}
legend{padding:0}
fieldset input[type=number]{width:5.5rem}
.query [hidden]{display:none}
.chips{display:flex;flex-wrap:wrap;gap:.4rem;flex-basis:100%;order:2;max-height:6.5rem;overflow-y:auto;padding:2px}
.chips .chip{border:1px solid var(--rule);border-radius:99px;padding:.1rem .7rem .1rem .5rem;color:var(--ink);font-size:.8125rem;cursor:pointer;max-width:100%;overflow-wrap:anywhere}
.chips .chip:has(:checked){background:var(--wash)}
.chips input{accent-color:var(--series-1)}
.status{display:flex;flex-wrap:wrap;gap:.4rem .75rem;align-items:center;font-size:.875rem;margin:.6rem 0;color:var(--ink-soft);min-height:1.8rem}
main button{border:1px solid var(--rule);border-radius:6px;background:var(--paper);padding:.2rem .6rem;cursor:pointer;font-size:.8125rem;overflow-wrap:anywhere}
main button:hover{background:var(--wash)}
main button.primary,[aria-pressed=true]{border-color:var(--link);color:var(--link);font-weight:600}
.badge{display:inline-flex;gap:.25rem;align-items:center;background:var(--wash);border-radius:6px;padding:.1rem .2rem .1rem .6rem;color:var(--ink);overflow-wrap:anywhere}
.badge button{border:0;background:none;padding:0 .35rem;font-size:1rem}
.panes{display:grid;grid-template-columns:minmax(20rem,2fr) minmax(0,3fr);gap:1.25rem;align-items:stretch}
.side,.pane{min-width:0}
[role=tablist]{display:flex;gap:.25rem;border-bottom:1px solid var(--rule)}
main [role=tab]{border:0;border-radius:0;background:none;padding:.4rem .75rem;color:var(--ink-soft)}
main [role=tab][aria-selected=true]{color:var(--ink);font-weight:600;box-shadow:inset 0 -2px var(--link)}
.list{position:relative;overflow-y:auto;height:60vh;border:1px solid var(--rule);border-top:0;border-radius:0 0 6px 6px;contain:strict}
.rows{position:relative}
.row{position:absolute;left:0;right:0;height:60px;padding:.4rem .75rem;border-bottom:1px solid var(--rule);cursor:pointer;display:grid;grid-template-columns:3rem minmax(0,1fr);column-gap:.75rem;overflow:hidden}
.row:hover{background:var(--wash)}
.row[aria-selected=true]{background:var(--gained-wash);box-shadow:inset 3px 0 var(--link)}
.row .rate{min-width:0;line-height:1.5rem;color:var(--ink);font-weight:600}
.row .words{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;font-size:.9375rem;line-height:1.5rem;max-height:1.5rem}
.row .about{grid-column:2;color:var(--ink-soft);font-size:.75rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.levels{display:inline-flex;gap:2px;vertical-align:-1px;margin-inline-end:.5rem}
.level{display:inline-block;width:5px;height:12px;background:linear-gradient(to top,var(--series-2) calc(100% * var(--rate,0)),var(--rule) 0)}
.level.none{background:none;border:1px dashed var(--ink-soft)}
.keys{font-size:.75rem;color:var(--ink-soft);margin:.4rem 0}
kbd{border:1px solid var(--rule);border-radius:4px;padding:0 .35em;font:inherit}
#detail{border:1px solid var(--rule);border-radius:6px;padding:.5rem 1rem 1rem}
#detail h2{border:0;margin:.25rem 0;padding:0;font-size:1.15rem;line-height:1.6;overflow-wrap:anywhere;overflow:clip;overflow-clip-margin:.3em}
#detail h3{margin:1.25rem 0 .35rem;font-size:.875rem;color:var(--ink-soft)}
#back{display:none}
.audit{background:var(--wash);border-left:4px solid var(--series-3);padding:.4rem .8rem .6rem;margin:.6rem 0}
.audit p{margin:.1rem 0 .4rem}
.player{margin:.6rem 0}
.controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.controls audio{flex:1 1 14rem}
.timed{margin:.35rem 0;line-height:1.7;max-width:none;overflow:clip;overflow-clip-margin:.3em}
.timed small{color:var(--ink-soft);margin-inline-end:.4rem}
.word{cursor:pointer;border-radius:3px}
.word:hover{background:var(--wash)}
.word[data-now]{background:var(--series-1);color:var(--paper);box-shadow:0 0 0 2px var(--series-1)}
.spectrogram{position:relative;height:11rem;margin:.5rem 0;background:#000;border-radius:6px;overflow:hidden}
.spectrogram canvas{width:100%;height:100%;display:block;cursor:crosshair}
.playhead{position:absolute;top:0;bottom:0;width:2px;background:#fff;pointer-events:none}
.boundary{position:absolute;top:0;bottom:0;width:0;border-left:1px dotted rgba(255,255,255,.45);pointer-events:none}
.axis{position:absolute;color:#fff;font-size:.6875rem;background:rgba(0,0,0,.6);padding:0 .35rem}
.axis.high{left:0;top:0}
.axis.low{right:0;bottom:0}
.line{position:relative;overflow-x:auto;margin:.25rem 0;padding-bottom:2px}
.aligned{width:auto;font-size:.9375rem;border-collapse:collapse}
.aligned th,.aligned td{border:0;padding:.12rem .35rem;text-align:start;white-space:nowrap;position:static;min-width:0;max-width:none;overflow-wrap:normal}
.aligned th{font-size:.75rem;color:var(--ink-soft);width:9.5rem;min-width:7rem;max-width:9.5rem;white-space:normal;overflow-wrap:anywhere;text-align:left;background:none}
.aligned td{max-width:20rem;overflow:clip;overflow-clip-margin:.2em;line-height:1.6}
.aligned .said td{font-weight:600;border-bottom:1px solid var(--rule)}
.aligned .hit{color:var(--ink-soft)}
.aligned ins.changed{text-decoration:none}
.pick{max-width:100%}
.pick del,.pick ins{white-space:normal}
#panel-patterns{overflow-y:auto;height:60vh;border:1px solid var(--rule);border-top:0;border-radius:0 0 6px 6px;padding:.5rem .75rem}
.patterns{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:1rem 1.5rem}
.pattern h2{border:0;margin:.5rem 0 .25rem;padding:0;font-size:.875rem}
.pattern th,.pattern td{padding:.2rem .35rem}
.pattern thead th{position:static;background:none}
main .pick{border:0;background:none;padding:.05rem .1rem;text-align:start;font-size:.8125rem}
.pickers{font-weight:400;color:var(--ink-soft);margin:.25rem 0 0}
.pickers label{display:block;margin:.2rem 0}
.pickers select{max-width:100%;background:var(--paper);border:1px solid var(--rule);border-radius:6px;font-size:.8125rem}
main .more{font-size:.75rem;color:var(--link)}
.flag{color:var(--bad)}
@media screen and (min-width:60.01rem){.screen{height:100vh;min-height:40rem;display:flex;flex-direction:column}main{flex:1;min-height:0;display:flex;flex-direction:column}.panes{flex:1;min-height:0;grid-template-rows:minmax(0,1fr)}.side{display:flex;flex-direction:column;min-height:0}.side>[role=tabpanel]:not([hidden]){flex:1;min-height:0;display:flex;flex-direction:column}.side>#panel-patterns:not([hidden]){display:block}.list,#panel-patterns{flex:1;height:auto}.pane{min-height:0}#detail{height:100%;overflow-y:auto}}
@media (max-width:60rem){.panes{grid-template-columns:minmax(0,1fr)}#back{display:inline-block;margin:.25rem 0 .5rem}.aligned th{width:6rem;min-width:5.5rem;max-width:6rem}}
@media print{.query,.keys,[role=tablist],#back,.controls,main button{display:none}.panes{display:block}.list,#detail,#panel-patterns{height:auto;overflow:visible;border:0;contain:none}.rows{height:auto!important}.row{position:static;break-inside:avoid}}
`;
