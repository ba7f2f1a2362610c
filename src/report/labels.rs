//! The pictures of a page: their labels and plotted numbers, held against the tables that the page carries.

use base64::Engine;

use crate::table::declared::Kind;
use crate::table::{Cell, dictionary, sha256};
use crate::wording::{self, Citation, Form};

use super::data::{Data, disagreement};
use super::mark::unescaped;

/// A piece of a label, as the page has it.
struct Piece {
    text: String,
    citation: Option<Citation>,
    /// Whether it is broken off and goes on in the next line.
    goes_on: bool,
}

/// The labels of a picture in the order in which they are drawn, each in its pieces.
fn labels(svg: &str) -> Vec<Vec<Piece>> {
    let elements = svg.split("<text ").skip(1).filter_map(|rest| rest.split_once("</text>")?.0.split_once('>'));
    elements.map(|(_, inside)| pieces(inside)).collect()
}

fn pieces(inside: &str) -> Vec<Piece> {
    let plain = |html: &str| Piece { text: unescaped(html), citation: None, goes_on: false };
    let mut parts = inside.split("<tspan ");
    let mut pieces: Vec<Piece> = parts.next().filter(|words| !words.is_empty()).map(plain).into_iter().collect();
    for part in parts {
        let (element, behind) = part.split_once("</tspan>").unwrap_or((part, ""));
        let (head, text) = element.split_once('>').unwrap_or((element, ""));
        let attribute = |name: &str| Some(unescaped(head.split_once(&format!("{name}=\""))?.1.split_once('"')?.0));
        let cell = attribute("data-cell").and_then(|cell| Cell::read(&cell));
        let form = attribute("data-as").and_then(|form| Form::named(&form));
        let citation = cell.zip(form).map(|(cell, form)| Citation { cell, form });
        pieces.push(Piece { text: unescaped(text), citation, goes_on: head.contains("data-more") });
        pieces.extend(Some(behind).filter(|words| !words.is_empty()).map(plain));
    }
    pieces
}

/// A sum of everything that is written on a picture but the numbers that name their cells: it changes if a scale, a year,
/// a name or a word does, or if a number loses its cell.
#[must_use]
pub(super) fn sum(svg: &str) -> String {
    let written = |piece: &Piece| if piece.citation.is_some() { "\u{25a1}".to_owned() } else { piece.text.clone() };
    let lines = labels(svg).iter().map(|label| label.iter().map(written).collect()).collect::<Vec<String>>();
    sha256(lines.join("\n").as_bytes())[..8].to_owned()
}

/// Holds every picture of a page against its tables: how many labels name a cell, and what is wrong.
#[must_use]
pub(super) fn check(page: &str, data: &Data) -> (usize, Vec<String>) {
    let (mut cited, mut wrong) = (0, Vec::new());
    for figure in page.split("<figure id=\"").skip(1) {
        let figure = figure.split("</figure>").next().unwrap_or_default();
        let number = figure.split('"').next().unwrap_or_default().replace("figure-", "Figure ");
        for picture in figure.split("<div class=\"picture ").skip(1) {
            let Some((stated, svg)) = picture.split_once("data-sum=\"").and_then(|(_, rest)| rest.split_once('"'))
            else {
                wrong.push(format!("{number}: a picture has lost its sum"));
                continue;
            };
            let svg = svg.split("</svg>").next().unwrap_or_default();
            if sum(svg) != stated {
                wrong.push(format!("{number}: what is written on it is no longer what aigap wrote"));
            }
            for why in labels_of(svg, data, &mut cited) {
                wrong.push(format!("{number}: {why}"));
            }
        }
        wrong.extend(plotted(figure, data).into_iter().map(|why| format!("{number}: {why}")));
    }
    (cited, wrong)
}

/// What is wrong with the labels of a picture that name a cell.
fn labels_of(svg: &str, data: &Data, cited: &mut usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut begun: Option<(String, Citation)> = None;
    for piece in labels(svg).into_iter().flatten() {
        let Some(citation) = piece.citation else { continue };
        let text = match begun.take() {
            Some((first, of)) if of == citation => format!("{first} {}", piece.text),
            Some((first, _)) => {
                wrong.push(format!("“{first}” breaks off"));
                piece.text
            }
            None => piece.text,
        };
        if piece.goes_on {
            begun = Some((text, citation));
            continue;
        }
        *cited += 1;
        wrong.extend(disagreement(&text, &citation, data));
    }
    wrong
}

/// What is wrong with the plotted numbers of a figure: the table that readers see, the file behind it, and the tables of
/// the run that it was drawn from.
fn plotted(figure: &str, data: &Data) -> Vec<String> {
    let file = figure.split_once("<a download=\"").and_then(|(_, rest)| {
        let (name, rest) = rest.split_once("\" href=\"data:")?;
        let (address, _) = rest.split_once('"')?;
        let (_, text) = address.split_once(";base64,")?;
        Some((unescaped(name), base64::engine::general_purpose::STANDARD.decode(unescaped(text)).ok()?))
    });
    let Some((name, bytes)) = file else { return vec!["its numbers are missing".to_owned()] };
    let mut own = Data::default();
    own.add(&name, &bytes);
    let Some((head, rows)) = own.rows(&name) else { return vec!["its numbers are no table".to_owned()] };
    let kinds: Vec<Kind> = head.iter().map(|column| kind(&name, column)).collect();
    let shown = rows.iter().flat_map(|row| {
        let is_year = row.iter().any(|field| field == YEAR);
        row.iter().zip(&kinds).map(move |(field, kind)| shown(field, *kind, is_year))
    });
    let seen = figure.split("<table class=\"plotted\">").nth(1).and_then(|it| it.split("</table>").next());
    let cells = seen.unwrap_or_default().split("<td>").skip(1);
    let seen = cells.map(|cell| unescaped(cell.split("</td>").next().unwrap_or_default()));
    let mut wrong = Vec::new();
    if !seen.eq(shown) {
        wrong.push(format!("the table of its numbers is not that of {name}"));
    }
    if let Some(of) = copied_from(&name) {
        let numbers = rows.iter().flat_map(|row| row.iter().zip(&kinds));
        let numbers = numbers.filter(|(field, kind)| matches!(kind, Kind::Number | Kind::Share) && !field.is_empty());
        let stranger = numbers.map(|(field, _)| field).find(|field| !data.holds(of, field));
        wrong.extend(stranger.map(|field| format!("{field} of {name} stands in no {of} of the page")));
    }
    wrong
}

/// What the values of a column of plotted numbers are.
fn kind(file: &str, column: &str) -> Kind {
    let stem = file.strip_suffix(".csv").unwrap_or(file);
    // One of several charts has the name of its scenario behind its own.
    let names = stem.match_indices('-').map(|(at, _)| &stem[..at]).chain([stem]).rev();
    let declared = names.map(|stem| dictionary::find(&format!("charts/{stem}.csv"))).find(|found| !found.is_empty());
    let columns = declared.into_iter().flatten().flat_map(|table| table.columns());
    columns.into_iter().find(|known| known.is(column)).map_or(Kind::Text, |known| known.kind)
}

/// A field as the table under a picture has it; `is_year` if its row is about a year.
fn shown(field: &str, kind: Kind, is_year: bool) -> String {
    match (field, kind) {
        ("", _) => "–".to_owned(),
        (field, Kind::Number | Kind::Share | Kind::Count) => {
            field.parse().map_or_else(|_| field.to_owned(), |number| shown_number(number, is_year))
        }
        (field, _) => field.to_owned(),
    }
}

/// A plotted number as readers read it: three significant figures, from a thousand on all whole ones, and a year as it is.
pub(super) fn shown_number(number: f64, is_year: bool) -> String {
    match number.abs() {
        _ if is_year && number.is_finite() => format!("{number}"),
        size if size >= 1000.0 && size.is_finite() => wording::count(number),
        _ => wording::significant(number, 3),
    }
}

/// The word by which a row of plotted numbers says that its value is a year.
pub(super) const YEAR: &str = "year";

/// The table of a run that a picture's numbers are copied from, where they are.
fn copied_from(name: &str) -> Option<&'static str> {
    let of = |stem: &str| name.strip_prefix(stem).is_some_and(|rest| rest.starts_with(['.', '-']));
    if ["gap", "funding", "deals", "scenarios"].into_iter().any(of) {
        return Some("fan.csv");
    }
    [("compare", "compare.csv"), ("uncertainty", "uncertainty.csv")]
        .into_iter()
        .find(|(stem, _)| of(stem))
        .map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg><text x=\"1\" aria-hidden=\"true\">Median 16×</text><text x=\"1\">Median <tspan \
                       data-cell=\"fan.csv|year=2030|p50\" data-as=\"ratio\">16×</tspan> &amp; more</text></svg>";

    fn wrong(svg: &str) -> Vec<String> {
        let mut data = Data::default();
        data.add("fan.csv", b"year,p50\n2030,15.6\n");
        labels_of(svg, &data, &mut 0)
    }

    #[test]
    fn a_label_is_held_against_its_cell_and_the_rest_of_a_picture_against_its_sum() {
        assert_eq!(wrong(SVG), Vec::<String>::new());
        // A number may change only with its cell, and nothing else at all.
        let other = SVG.replace("ratio\">16×", "ratio\">17×");
        assert_eq!((wrong(&other).len(), sum(&other)), (1, sum(SVG)));
        assert_ne!(sum(&SVG.replace("more", "less")), sum(SVG));
        let bare = SVG.replace("<tspan data-cell=\"fan.csv|year=2030|p50\" data-as=\"ratio\">16×</tspan>", "17×");
        assert_ne!(sum(&bare), sum(SVG));
    }

    #[test]
    fn a_year_has_no_separator_and_a_count_is_whole() {
        let written = |number, is_year| shown_number(number, is_year);
        assert_eq!(written(2030.0, true), "2030");
        assert_eq!([1185.0, 1150.7, -12_345.6].map(|it| written(it, false)), ["1,185", "1,151", "−12,346"]);
        assert_eq!([999.4, 27.25, 0.0].map(|it| written(it, false)), ["999", "27.2", "0"]);
        assert_eq!(written(f64::INFINITY, false), "∞");
    }

    #[test]
    fn a_broken_label_is_read_as_one() {
        let broken = "<text x=\"1\"><tspan data-cell=\"fan.csv|year=2030|p50\" data-as=\"ratio\" data-more=\"\">16</tspan></text>";
        assert_eq!(wrong(broken), Vec::<String>::new());
        let other = "<text x=\"1\"><tspan data-cell=\"fan.csv|year=2031|p50\" data-as=\"ratio\">16×</tspan></text>";
        assert_eq!(wrong(&format!("{broken}{other}")).len(), 2);
    }
}
