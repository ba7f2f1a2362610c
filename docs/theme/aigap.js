// Shows the pictures that go with the colours of the page, since every picture exists for light and for dark; and names the
// file above a block that is to be saved in one.
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
  document.addEventListener("DOMContentLoaded", () => {
    show();
    name();
  });
  show();
})();
