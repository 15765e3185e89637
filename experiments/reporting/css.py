"""The report's typography and the little script that draws its figures."""

STYLE = """
:root { --ink: #1f2933; --soft: #52606d; --line: #d9dee4; --wash: #f5f7f9; --mark: #0072b2; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: var(--ink); font: 17px/1.6 Charter, 'Bitstream Charter', 'Iowan Old Style',
  'Source Serif 4', Georgia, Cambria, serif; }
main, footer { max-width: 860px; margin: 0 auto; padding: 0 24px; }
header { border-top: 6px solid var(--mark); padding: 40px 0 8px; }
.kicker, .byline, th, figcaption, summary, .card .what, .card .span, nav, .tag, footer, table, .number {
  font-family: system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; }
.kicker { margin: 0 0 12px; color: var(--mark); font-size: 13px; font-weight: 600; letter-spacing: .08em;
  text-transform: uppercase; }
h1 { margin: 0 0 16px; font-size: 38px; line-height: 1.15; font-weight: 700; letter-spacing: -.01em;
  text-wrap: balance; }
.question { margin: 0 0 12px; font-size: 20px; line-height: 1.45; color: var(--soft); font-style: italic; }
.byline { margin: 0; font-size: 14px; color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 22px 0 0; padding: 10px 0; font-size: 14px;
  border: solid var(--line); border-width: 1px 0; }
nav a { color: var(--ink); text-decoration: none; white-space: nowrap; }
nav a:hover, nav a:focus { text-decoration: underline; }
section { padding: 18px 0; }
h2 { margin: 26px 0 10px; font-size: 26px; line-height: 1.25; }
h3 { margin: 0 0 6px; font-size: 20px; line-height: 1.3; text-wrap: balance; }
p { margin: 0 0 14px; }
li { margin-bottom: 8px; }
a { color: var(--mark); }
.answer { border-left: 4px solid var(--mark); padding-left: 20px; margin: 18px 0 26px; font-size: 19px; }
.answer p:last-child { margin-bottom: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 14px;
  margin: 0 0 26px; padding: 0; }
.card { background: var(--wash); border-radius: 8px; padding: 14px 16px; }
.card .what { min-height: 2.7em; font-size: 13px; line-height: 1.35; color: var(--soft); }
.card .number { font-size: 25px; font-weight: 700; line-height: 1.25; margin: 4px 0 2px; white-space: nowrap; }
.card .span { font-size: 12.5px; line-height: 1.35; color: var(--soft); }
.scroll { overflow-x: auto; margin: 0 0 18px; -webkit-overflow-scrolling: touch; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { caption-side: top; text-align: left; font-weight: 600; padding-bottom: 6px; }
th, td { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-size: 12.5px; font-weight: 600; color: var(--soft); vertical-align: bottom; }
td.n, th.n { text-align: right; white-space: nowrap; }
tr.best td { font-weight: 600; }
.dot { display: inline-block; width: 11px; height: 11px; border-radius: 50%; margin-right: 8px; }
figure { margin: 34px 0 38px; }
.plot { width: 100%; min-height: 120px; }
figcaption { font-size: 13.5px; line-height: 1.5; color: var(--soft); margin-top: 6px; }
details { margin: 8px 0 14px; }
summary { cursor: pointer; font-size: 14px; color: var(--mark); }
details > .scroll, details > table, details > p { margin-top: 10px; }
code, pre { font: 13.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--wash); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
.mono { font: 13px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.warn { border-left: 4px solid #d55e00; padding-left: 16px; }
footer { padding-top: 18px; padding-bottom: 48px; color: var(--soft); font-size: 13px; }
@media (max-width: 640px) {
  body { font-size: 16px; }
  main, footer { padding-left: 18px; padding-right: 18px; }
  header { padding-top: 26px; }
  h1 { font-size: 29px; } h2 { font-size: 23px; } h3 { font-size: 18.5px; }
  .question { font-size: 18px; } .answer { font-size: 17px; padding-left: 14px; }
  .cards { grid-template-columns: 1fr 1fr; }
  .card .number { font-size: 22px; }
  td:first-child { min-width: 128px; }
}
@page { margin: 16mm 15mm; }
@media print {
  body { font-size: 10.5pt; }
  main, footer { max-width: none; padding: 0; }
  header { padding-top: 12px; } nav { display: none; }
  h1 { font-size: 24pt; } h2 { font-size: 16pt; } h3 { font-size: 12.5pt; }
  .answer { font-size: 11.5pt; }
  h2, h3 { break-after: avoid; } figure, .cards, .card, tr, .answer { break-inside: avoid; }
  .card { border: 1px solid var(--line); }
  figure { margin: 16px 0; } figure details, .plot .modebar { display: none; }
  .scroll { overflow: visible; } table { font-size: 8.5pt; }
}
"""

SCRIPT = """
(function () {
  var plots = Array.prototype.slice.call(document.querySelectorAll('.plot'));
  var settings = {responsive: true, displaylogo: false, scrollZoom: false, modeBarButtons: [['toImage']]};
  function wrapped(words) {
    var lines = [''];
    words.split(' ').forEach(function (word) {
      var last = lines.length - 1;
      if (lines[last].length + word.length > 30) { lines.push(word); } else { lines[last] += ' ' + word; }
    });
    return lines.join('<br>');
  }
  function narrow(layout) {
    layout.font.size = 11;
    Object.keys(layout).forEach(function (key) {
      var title = key.indexOf('xaxis') === 0 && layout[key].title;
      if (title && title.text) { title.text = wrapped(title.text); }
    });
    layout.margin.r = 8; layout.margin.l = 4;
    layout.dragmode = false;
    return layout;
  }
  plots.forEach(function (place) {
    var figure = JSON.parse(document.getElementById(place.id + '-data').textContent);
    var layout = window.innerWidth < 640 ? narrow(figure.layout) : figure.layout;
    Plotly.newPlot(place, figure.data, layout, settings);
  });
  function resize(width, share) {
    plots.forEach(function (place) {
      var height = Math.round(parseFloat(place.dataset.height) * share);
      place.style.height = height + 'px';
      Plotly.relayout(place, {width: width, height: height, autosize: width === null});
    });
  }
  window.addEventListener('beforeprint', function () { resize(640, 0.75); });
  window.addEventListener('afterprint', function () { resize(null, 1); });
})();
"""
