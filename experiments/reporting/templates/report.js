(function () {
  var plots = Array.prototype.slice.call(document.querySelectorAll('.plot'));
  var settings = {responsive: true, displaylogo: false, scrollZoom: false, modeBarButtons: [['toImage']]};
  var PAPER = 660, NARROW = 640;
  function wrapped(words, length) {
    var lines = [''];
    words.replace(/<br>/g, ' \n').split(' ').forEach(function (word) {
      var last = lines.length - 1, begins = word[0] === '\n';
      if (begins || (lines[last] && lines[last].length + word.length >= length)) {
        lines.push(word.replace('\n', ''));
      } else { lines[last] += (lines[last] ? ' ' : '') + word; }
    });
    return lines.join('<br>');
  }
  function rewrapped(values) {
    return values.map(function (value) { return typeof value === 'string' ? wrapped(value, 16) : value; });
  }
  function widened(axis, share) {
    if (axis && axis.range && axis.type !== 'log') {
      var reach = share * (axis.range[1] - axis.range[0]);
      axis.range = [axis.range[0] - reach, axis.range[1] + reach];
    }
  }
  function narrow(figure) {
    var layout = figure.layout, names = 0;
    layout.font.size = 11;
    layout.margin.r = 12; layout.margin.l = 4;
    layout.dragmode = false;
    Object.keys(layout).forEach(function (key) {
      var title = key.indexOf('xaxis') === 0 && layout[key].title;
      if (title && title.text) { title.text = wrapped(title.text, 30); }
      if (key.indexOf('yaxis') === 0 && Array.isArray(layout[key].ticktext)) {
        layout[key].ticktext = rewrapped(layout[key].ticktext);
      }
    });
    figure.data.forEach(function (trace) {
      if (Array.isArray(trace.y)) { trace.y = rewrapped(trace.y); }
      if (trace.name && trace.showlegend !== false) { names += 1; }
      if (trace.type === 'waterfall') { widened(layout.xaxis, 0.25); }
    });
    if (figure.data.some(function (trace) { return trace.mode === 'markers+text'; })) { widened(layout.xaxis, 0.06); }
    if (layout.showlegend !== false) { layout.height += 16 * names; }
    return figure;
  }
  function drawn(place, width) {
    var figure = JSON.parse(document.getElementById(place.id + '-data').textContent);
    figure.layout.height = figure.layout.height || parseFloat(place.dataset.height);
    if ((width || window.innerWidth) < NARROW) { narrow(figure); }
    if (width) {
      figure.layout.width = width;
      figure.layout.height *= figure.layout.showlegend === false ? 0.8 : 0.9;
    }
    place.style.height = Math.round(figure.layout.height) + 'px';
    return figure;
  }
  function draw(width) {
    plots.forEach(function (place) {
      var figure = drawn(place, width);
      Plotly.react(place, figure.data, figure.layout, settings);
    });
  }
  var folded = [];
  window.addEventListener('beforeprint', function () {
    folded = Array.prototype.slice.call(document.querySelectorAll('details:not([open])'));
    folded.forEach(function (one) { one.open = true; });
    draw(PAPER);
  });
  window.addEventListener('afterprint', function () {
    folded.forEach(function (one) { one.open = false; });
    draw();
  });
  draw();
})();
