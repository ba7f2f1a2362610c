(function () {
  'use strict';
  var said = document.getElementById('said');
  var faces = document.getElementById('faces').textContent;
  function say(words) { said.textContent = ''; said.textContent = words; }
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  // The picture as a file of its own: as on the page in the light theme, with the face inside.
  function svgOf(card) {
    var svg = card.querySelector('.picture svg').cloneNode(true);
    var style = svg.querySelector('style');
    var colours = {};
    each(style.textContent.match(/{([^}]*)}/)[1].split(';'), function (rule) {
      var at = rule.indexOf(':');
      colours[rule.slice(0, at)] = rule.slice(at + 1);
    });
    style.textContent = faces;
    var text = new XMLSerializer().serializeToString(svg);
    return text.replace(/var\((--c\d+)\)/g, function (whole, name) { return colours[name]; });
  }
  function save(blob, name) {
    var link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }
  function pngOf(card, button, done) {
    var image = new Image();
    image.onload = function () {
      var canvas = document.createElement('canvas');
      canvas.width = 2 * button.dataset.width;
      canvas.height = 2 * button.dataset.height;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(done, 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svgOf(card));
  }
  each(document.querySelectorAll('figure'), function (card) {
    var button = card.querySelector('button.png');
    var file = card.querySelector('button.svg');
    file.hidden = false;
    file.addEventListener('click', function () {
      var name = button.dataset.name + '.svg';
      save(new Blob([svgOf(card)], { type: 'image/svg+xml' }), name);
      say('Saved ' + name);
    });
    button.hidden = false;
    button.addEventListener('click', function () {
      pngOf(card, button, function (blob) {
        var name = button.dataset.name + '.png';
        function file() { save(blob, name); say('Saved ' + name); }
        if (!navigator.clipboard || !window.ClipboardItem) { file(); return; }
        navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]).then(function () { say('Copied ' + name); }, file);
      });
    });
  });
  // The browser's own PDF of one figure is vector; ten files of them inside would be most of the page.
  var alone = null;
  each(document.querySelectorAll('button.pdf'), function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      alone = button.closest('figure');
      document.body.classList.add('alone');
      alone.classList.add('chosen');
      window.print();
    });
  });
  var print = document.getElementById('print');
  print.hidden = false;
  print.addEventListener('click', function () { window.print(); });
  var opened = [];
  window.addEventListener('beforeprint', function () {
    opened = Array.prototype.filter.call(document.querySelectorAll('details:not([open])'), function (it) { return alone ? it.closest('.chosen') && !it.closest('.take') : !it.closest('.take') || it.className === 'numbers'; });
    opened.forEach(function (it) { it.open = true; });
  });
  window.addEventListener('afterprint', function () {
    opened.forEach(function (it) { it.open = false; });
    if (!alone) { return; }
    document.body.classList.remove('alone');
    alone.classList.remove('chosen');
    alone = null;
  });
})();
