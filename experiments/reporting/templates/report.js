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
