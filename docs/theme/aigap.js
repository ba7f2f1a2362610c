// Shows the pictures that go with the colours of the page, since every picture exists for light and for dark; names the file
// above a block that is to be saved in one; breaks commands between words alone, and copies them without what they print; and
// lays wide tables out for a telephone.
(() => {
  const dark = ["coal", "navy", "ayu"];
  const show = () => {
    const theme = dark.some((name) => document.documentElement.classList.contains(name)) ? "dark" : "light";
    for (const picture of document.querySelectorAll('main img[src*="pictures/"]')) {
      const wanted = picture.getAttribute("src").replace(/-(light|dark)\.svg$/, `-${theme}.svg`);
      if (picture.getAttribute("src") !== wanted) picture.setAttribute("src", wanted);
    }
  };
  new MutationObserver(show).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  const name = () => {
    for (const code of document.querySelectorAll('main code[class*="file="]')) {
      const file = [...code.classList].find((it) => it.startsWith("file="));
      const label = document.createElement("div");
      label.className = "file-name";
      label.textContent = file.slice("file=".length);
      code.closest("pre").before(label);
    }
  };
  const span = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  };
  // A browser breaks lines behind hyphens, which a flag begins with. Words of a command that are not long stay whole, and a brace
  // stays with the word that it closes.
  const words = (line, longest = 47) => {
    const is_whole = (word) => word.length > 1 && word.length <= longest && word.trim();
    return line.split(/( +)(?!\})/).map((word) => (is_whole(word) ? span("whole", word) : word));
  };
  // The pieces of text below an element.
  const texts = (element) =>
    [...element.childNodes].flatMap((it) => (it.nodeType === Node.TEXT_NODE ? [it] : texts(it)));
  const block = (name, parts) => {
    const made = span(name, "");
    made.append(...parts);
    return made;
  };
  // Prose of an answer, whose lines may be joined on a narrow page; rows of a table may not.
  const is_prose = (line) => /^(Next|output\/| *or: )/.test(line) || (/^\S/.test(line) && !/\S {2,}\S|^\d+ \| /.test(line));
  // Where the columns of some lines begin: behind two places or more that are blank in each of them.
  const columns = (lines) => {
    const width = Math.max(...lines.map((line) => line.length));
    const blank = (place) => lines.every((line) => (line[place] ?? " ") === " ");
    const starts = [0];
    for (let place = 2; place < width; place += 1) {
      const before = lines.some((line) => line.slice(starts[starts.length - 1], place).trim());
      if (before && !blank(place) && blank(place - 1) && blank(place - 2)) starts.push(place);
    }
    return starts;
  };
  // Lines that are not prose: a table of cells that stand where they stood, or lines that are broken with an indent.
  const rows = (lines) => {
    const starts = lines.length > 1 ? columns(lines) : [0];
    const cells = (line) => starts.map((start, place) => block("cell", words(line.slice(start, starts[place + 1]))));
    const row = (line) => (starts.length > 1 ? block("row", cells(line)) : indented(line, words(line)));
    return block(starts.length > 1 ? "rows columns" : "rows", lines.map(row));
  };
  // A line goes on below its own beginning, a little further in.
  const indented = (line, parts) => {
    const made = block("row", parts);
    const indent = line.length - line.trimStart().length + 2;
    made.style.setProperty("--indent", `${Math.min(indent, 12)}ch`);
    return made;
  };
  const begins = (line) => /^(Next: |output\/| *or: |\* )/.test(line);
  // What to do next is a command, and breaks as one.
  const parts = (line) => (/^(Next: | *or: )/.test(line) ? words(line) : [line]);
  const answer = (lines) => {
    const blocks = [];
    let last = null;
    let table = null;
    for (const line of lines) {
      const kind = line.startsWith("$ ") ? "command" : line === "" ? "" : is_prose(line) ? "prose" : "rows";
      if (kind === "command") blocks.push(block("command", [span("hljs-meta", "$ "), ...words(line.slice(2))]));
      else if (kind === "") blocks.push("\n");
      else if (kind === last && kind === "rows") table.push(line);
      else if (kind === "rows") blocks.push((table = [line]));
      else if (kind === last && !begins(line)) blocks[blocks.length - 1].append(`\n${line}`);
      else blocks.push(block("prose", parts(line)));
      last = kind;
    }
    return blocks.map((it) => (Array.isArray(it) ? rows(it) : it));
  };
  // Commands and answers have no colours but that of the prompt: they are no program of a shell.
  const commands = () => {
    for (const code of document.querySelectorAll("main pre > code.language-sh, main pre > code.language-console")) {
      const lines = code.textContent.trimEnd().split("\n");
      const is_answer = code.classList.contains("language-console");
      code.replaceChildren(...(is_answer ? answer(lines) : lines.map((line) => block("command", words(line)))));
      // The button that copies a block asks for this text: of an answer it takes the commands, ready to be pasted.
      const typed = lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2));
      if (is_answer) Object.defineProperty(code, "innerText", { get: () => typed.join("\n") });
    }
    // Usage and examples of a command.
    for (const code of document.querySelectorAll("main pre > code.language-text")) {
      const lines = code.textContent.trimEnd().split("\n");
      if (!lines.some((line) => /^ *(Example: )?aigap /.test(line))) continue;
      code.replaceChildren(...lines.map((line) => (line ? indented(line, words(line)) : "\n")));
      code.classList.add("lines");
    }
    // Lines of every other block go on below themselves, too: a reason at their end is what matters.
    for (const code of document.querySelectorAll("main pre > code")) {
      if (code.querySelector(".command, .prose, .rows, .row")) continue;
      const text = code.textContent;
      const lines = code.innerHTML.trimEnd().split("\n");
      const whole = (line) => line.split("<span").length === line.split("</span").length;
      if (!lines.every(whole)) continue;
      const made = text.trimEnd().split("\n").map((line) => indented(line, []));
      made.forEach((row, place) => (row.innerHTML = lines[place] || "\n"));
      // A table of figures is broken behind its commas, all else between its words.
      const fields = (line) => line.split(/(?<=,)/).flatMap((it) => [span("whole", it), document.createElement("wbr")]);
      const parts = /^\S*,\S*,/.test(text) ? fields : words;
      for (const piece of made.flatMap(texts)) piece.replaceWith(...parts(piece.data));
      code.classList.add("lines");
      code.replaceChildren(...made);
      Object.defineProperty(code, "innerText", { get: () => text });
    }
    // In a text, a short piece of code stays on one line, a long one is broken between its words, and a name behind its points.
    for (const code of document.querySelectorAll("main p > code, main li > code, main td > code")) {
      const text = code.textContent;
      if (text.length < 28 && !code.closest("td")) code.classList.add("whole");
      else if (text.includes(" ")) code.replaceChildren(...words(text, 27));
    }
    const flag = /(--[a-z][\w-]*)/;
    const is_text = (it) => flag.test(it.data) && !it.parentElement.closest("code");
    for (const piece of [...document.querySelectorAll("main :is(p, li, td)")].flatMap(texts).filter(is_text)) {
      if (piece.isConnected) piece.replaceWith(...piece.data.split(flag).map((it) => (flag.test(it) ? span("whole", it) : it)));
    }
    for (const code of document.querySelectorAll("main :is(h2, h3, h4) code")) {
      if (code.textContent.includes(" ")) code.replaceChildren(...words(code.textContent));
      else code.innerHTML = code.innerHTML.replaceAll("/", "/<wbr>").replace(/\.(?!csv|xlsx|<)/g, ".<wbr>");
    }
  };
  // Rows of a wide table, or of one that explains code, become cards on a telephone; each cell learns the name of its column.
  const cards = () => {
    for (const table of document.querySelectorAll("main table")) {
      const names = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
      const rows = [...table.querySelectorAll("tbody tr")];
      // What is short stays on one line.
      for (const cell of rows.flatMap((row) => [...row.cells])) {
        if (cell.textContent.length < 16) cell.classList.add("whole");
      }
      const of_code = rows.every((row) => row.cells[0].firstElementChild?.tagName === "CODE");
      if (names.length < 3 && !of_code) continue;
      table.classList.add("cards");
      for (const row of names.length > 2 ? rows : []) {
        [...row.cells].forEach((cell, place) => {
          if (place) cell.dataset.column = names[place];
        });
      }
    }
  };
  document.addEventListener("DOMContentLoaded", () => {
    show();
    name();
    commands();
    cards();
  });
  show();
})();
