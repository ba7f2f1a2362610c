"""Puts the typeface into the pictures of a built book, and holds its pages against what a reader without a network needs."""

import base64
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What names another file, by element; a link that a reader clicks may lead outside, nothing that loads by itself may.
LOADS = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "srcset"}


class Page(HTMLParser):
    """Anchors, links, and what a page loads."""

    def __init__(self, path):
        super().__init__()
        self.path, self.anchors, self.links, self.loads, self.untold = path, set(), [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if found.get("id"):
            self.anchors.add(found["id"])
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag in LOADS and found.get(LOADS[tag]):
            self.loads.append(found[LOADS[tag]])
        if tag == "img" and not found.get("alt"):
            self.untold.append(found.get("src"))


def embed_faces(book, fonts):
    """A picture that a page shows has no typeface of the page: it brings its own."""
    rules = ""
    for weight, name in ((400, "Inter-400Regular.woff2"), (600, "Inter-600SemiBold.woff2")):
        data = base64.b64encode((fonts / name).read_bytes()).decode()
        rules += f"@font-face{{font-family:Inter;font-weight:{weight};src:url(data:font/woff2;base64,{data})}}"
    for picture in sorted(book.glob("pictures/*.svg")):
        text = picture.read_text(encoding="utf-8")
        if "@font-face" not in text:
            head, rest = text.split(">", 1)
            picture.write_text(f"{head}><style>{rules}</style>{rest}", encoding="utf-8")


def problems(book):
    """Everything that is wrong with the pages, in words."""
    pages = {path.resolve(): Page(path) for path in sorted(book.rglob("*.html"))}
    for path, page in pages.items():
        # The page for what is not found and the one for printing show what others have.
        if path.name in ("404.html", "print.html", "toc.html"):
            continue
        for link in page.links + page.loads:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto", "data") or link.startswith("//"):
                if link in page.loads and parts.scheme != "data":
                    yield f"{page.path}: loads {link}, which is not in the book"
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                yield f"{page.path}: {link} is not there"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                yield f"{page.path}: {link} has no such place"
        for picture in page.untold:
            yield f"{page.path}: {picture} has no text for those who do not see it"


def main(book, fonts):
    embed_faces(book, fonts)
    found = list(problems(book))
    print("\n".join(found) if found else f"{len(list(book.rglob('*.html')))} pages: every link leads somewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
