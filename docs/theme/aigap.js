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
  // A browser breaks lines behind hyphens, which a flag begins with. Words of a command that are not long stay whole.
  const words = (line) =>
    line.split(/( +)/).map((word) => (word.length > 1 && word.length < 48 && word.trim() ? span("whole", word) : word));
  const block = (name, parts) => {
    const made = span(name, "");
    made.append(...parts);
    return made;
  };
  // Prose of an answer, whose lines may be joined on a narrow page; rows of a table may not.
  const is_prose = (line) => /^(Next|output\/| *or: )/.test(line) || (/^\S/.test(line) && !/\S {2,}\S/.test(line));
  const begins = (line) => /^(Next: |output\/| *or: |\* )/.test(line);
  // What to do next is a command, and breaks as one.
  const parts = (line) => (/^(Next: | *or: )/.test(line) ? words(line) : [line]);
  const answer = (lines) => {
    const blocks = [];
    let last = null;
    for (const line of lines) {
      const kind = line.startsWith("$ ") ? "command" : line === "" ? "" : is_prose(line) ? "prose" : "rows";
      if (kind === "command") blocks.push(block("command", [span("hljs-meta", "$ "), ...words(line.slice(2))]));
      else if (kind === "") blocks.push("\n");
      else if (kind === last && kind === "rows") blocks[blocks.length - 1].append(span("row", line));
      else if (kind === "rows") blocks.push(block("rows", [span("row", line)]));
      else if (kind === last && !begins(line)) blocks[blocks.length - 1].append(`\n${line}`);
      else blocks.push(block("prose", parts(line)));
      last = kind;
    }
    return blocks;
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
      code.replaceChildren(...lines.map((line) => (line ? block("command", words(line)) : "\n")));
    }
    for (const code of document.querySelectorAll("main p > code, main li > code")) {
      if (code.textContent.length < 28) code.classList.add("whole");
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
