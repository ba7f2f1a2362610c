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
  // What an analyst pastes: words, plain tables and two pictures as PNG, because Word takes no SVG from a clipboard.
  var main = document.querySelector('main');
  var wanted = 'h1, h2, h3, p:not(.of-page), table.prose, ul.findings, ul.sources, figure.of-note';
  function plain(node) {
    var copy = node.cloneNode(true);
    // Numbers of the page's figures mean nothing in the note, which counts its own two.
    each(copy.querySelectorAll('a[href^="#figure"]'), function (it) { it.previousSibling.textContent = ''; it.nextSibling.textContent = ''; it.remove(); });
    each(copy.querySelectorAll('data, span, i, a'), function (it) { it.replaceWith(it.textContent); });
    each([copy].concat(Array.from(copy.querySelectorAll('*'))), function (it) {
      each(Array.from(it.attributes), function (attribute) { if (attribute.name !== 'scope') { it.removeAttribute(attribute.name); } });
    });
    if (copy.tagName === 'TABLE') { copy.border = 1; copy.cellPadding = 4; copy.style.borderCollapse = 'collapse'; }
    return copy;
  }
  function pictureOf(card, done) {
    var button = card.querySelector('button.png');
    pngOf(card, button, function (blob) {
      var reader = new FileReader();
      reader.onload = function () {
        var image = new Image();
        image.alt = card.querySelector('.take p').textContent;
        image.width = Math.min(600, button.dataset.width);
        image.src = reader.result;
        done(image);
      };
      reader.readAsDataURL(blob);
    });
  }
  function noteOf(done) {
    var note = document.createElement('div');
    var waiting = 1;
    var number = 0;
    function one() { waiting -= 1; if (waiting === 0) { done(note.innerHTML); } }
    each(main.querySelectorAll('section:not(#assumptions)'), function (section) {
      var parts = Array.prototype.filter.call(section.querySelectorAll(wanted), function (it) { return !it.closest('.tiles') && !it.parentNode.closest('figure'); });
      if (!parts.some(function (it) { return !/^H/.test(it.tagName); })) { return; }
      each(parts, function (it) {
        if (it.tagName !== 'FIGURE') { note.appendChild(plain(it)); return; }
        var place = note.appendChild(document.createElement('p'));
        note.appendChild(document.createElement('p')).textContent = 'Figure ' + (number += 1) + '. ' + it.querySelector('figcaption span').textContent;
        waiting += 1;
        pictureOf(it, function (image) { place.appendChild(image); one(); });
      });
    });
    one();
  }
  var copy = document.getElementById('copy');
  copy.hidden = false;
  copy.addEventListener('click', function () {
    noteOf(function (html) {
      var file = new Blob(['<!doctype html><meta charset="utf-8"><title>' + document.querySelector('title').innerHTML + '</title>' + html], { type: 'text/html' });
      var words = new DOMParser().parseFromString(html, 'text/html').body.innerText;
      function kept() { save(file, 'note.html'); say('Saved note.html, which Word opens'); }
      if (!navigator.clipboard || !window.ClipboardItem) { kept(); return; }
      var item = new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([words], { type: 'text/plain' }) });
      navigator.clipboard.write([item]).then(function () { say('Copied the note, to paste into Word'); }, kept);
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
  // What a link leads to is opened, however deep it is folded away.
  function opened_at(hash) {
    var target = hash && document.getElementById(hash.slice(1));
    if (!target) { return; }
    var own = target.querySelector(':scope > details.part');
    if (own) { own.open = true; }
    for (var it = target; it; it = it.parentElement) { if (it.tagName === 'DETAILS') { it.open = true; } }
    target.scrollIntoView();
  }
  each(document.querySelectorAll('a[href^="#"]'), function (link) {
    link.addEventListener('click', function () { opened_at(link.getAttribute('href')); });
  });
  opened_at(location.hash);
  var print = document.getElementById('print');
  print.hidden = false;
  print.addEventListener('click', function () { window.print(); });
  var opened = [];
  window.addEventListener('beforeprint', function () {
    opened = Array.prototype.filter.call(document.querySelectorAll('.fold:not([open])'), function (it) { return !alone || it.closest('.chosen'); });
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
