//! A drawing for every rule that breaks it and no other: what the lint does not find here it would not find at all.

use std::collections::BTreeSet;

use super::super::drawing::Drawing;
use super::super::sheet::{Axis, Element, Facts, Ink, Mark, Sheet, TextBox, ValueLabel};
use super::super::style::Style;
use super::super::text::Weight;
use super::rule::Rule;
use super::{MOST_ALT, MOST_LABELS, MOST_WORDS};
use crate::table::Table;
use crate::table::declared::CHART_DECOMPOSITION;

const BLACK: (u8, u8, u8) = (0, 0, 0);
const PALE: (u8, u8, u8) = (228, 228, 150);

fn text(words: &str, area: [f64; 4], size: f64) -> TextBox {
    let (origin, ink) = ((area[0], area[3] - 0.25 * size), Ink::new(size, Weight::Regular, BLACK));
    TextBox { words: words.to_owned(), area, size, origin, ink, said: Vec::new() }
}

fn line(points: [(f64, f64); 2], colour: (u8, u8, u8), plot: Option<[f64; 4]>) -> Mark {
    let [(left, top), (right, bottom)] = points;
    Mark { area: [left, top, right, bottom], plot, colour, line: Some(3.0), points: points.to_vec(), is_rule: false }
}

/// A drawing without a fault: a title, a footer, a line in a plot, an axis.
fn faultless() -> Drawing {
    let title = "Funding may double by 2030".to_owned();
    let facts = Facts { title: title.clone(), generated: title.clone(), title_lines: 1, ..Facts::default() };
    let footer = "Source: CB Insights. Not a forecast. 1,000 paths, seed 7, aigap 0.1.0";
    let texts = vec![
        text(&title, [100.0, 40.0, 600.0, 76.0], 28.0),
        text(footer, [100.0, 700.0, 800.0, 720.0], 16.0),
        text("$2bn", [280.0, 370.0, 320.0, 390.0], 20.0),
        text("$3bn", [380.0, 370.0, 420.0, 390.0], 20.0),
    ];
    let ground = "<rect width=\"1200\" height=\"750\" fill=\"#ffffff\"/>".to_owned();
    let sheet = Sheet {
        style: Style::default(),
        size: [1200.0, 750.0],
        elements: vec![Element::Raw(ground), Element::Text(0), Element::Text(1), Element::Text(2), Element::Text(3)],
        texts,
        marks: vec![line([(200.0, 300.0), (900.0, 500.0)], BLACK, Some([150.0, 200.0, 1000.0, 600.0]))],
        axes: vec![Axis { log: false, domain: (0.0, 10.0), labels: 5, bars: true, says: Vec::new() }],
        names: vec![2],
        markers: vec![(300.0, 400.0), (400.0, 400.0)],
        value_labels: vec![
            ValueLabel { text: 2, marker: (300.0, 400.0), leader: None },
            ValueLabel { text: 3, marker: (400.0, 400.0), leader: None },
        ],
        legends: Vec::new(),
        drew: Vec::new(),
    };
    let mut table = Table::new(&CHART_DECOMPOSITION);
    table.push(["gap".into(), "all".into(), 2030.into(), 2.0.into()]);
    Drawing::new("planted", "A line that rises.".to_owned(), table, facts, sheet)
}

/// Moves a text to the right.
fn move_text(text: &mut TextBox, by: f64) {
    text.area[0] += by;
    text.area[2] += by;
    text.origin.0 += by;
}

fn titled(drawing: &mut Drawing, title: &str) {
    drawing.facts.title = title.to_owned();
    drawing.facts.generated = title.to_owned();
}

/// The faultless drawing with one fault; the compiler asks for one of every rule.
fn planted(rule: Rule) -> Drawing {
    let mut drawing = faultless();
    let it = &mut drawing;
    match rule {
        Rule::TextOnSheet => it.texts[0].area[2] = 1195.0,
        Rule::LegibleSize => it.texts[1].size = 15.0,
        Rule::KnownSigns => it.texts[0].words = "基准情景".to_owned(),
        Rule::NumbersForPeople => it.texts[0].words = "Funding of 2.3e5".to_owned(),
        Rule::NoLineThroughText => it.sheet.marks.push(line([(90.0, 62.0), (700.0, 62.0)], BLACK, None)),
        Rule::TextsApart => it.texts[0].area = [500.0, 690.0, 900.0, 712.0],
        Rule::ValueAtItsMarker => move_text(&mut it.texts[2], 48.0),
        Rule::ValuesInOrder => {
            it.sheet.markers[1] = (300.0, 408.0);
            it.sheet.value_labels[1].marker = (300.0, 408.0);
            it.texts[3] = text("$3bn", [280.0, 335.0, 320.0, 355.0], 20.0);
        }
        Rule::ValuesApart => {
            it.sheet.markers[1].0 = 345.0;
            it.sheet.value_labels[1].marker.0 = 345.0;
            move_text(&mut it.texts[3], -57.0);
        }
        Rule::MarkOnSheet => it.sheet.marks.push(line([(300.0, 400.0), (1210.0, 420.0)], BLACK, None)),
        Rule::MarkInPlot => it.sheet.marks[0].area[2] = 1011.0,
        Rule::SomethingDrawn => it.sheet.marks[0].plot = None,
        Rule::StarExplained => it.texts[2].words = "$2bn*".to_owned(),
        Rule::VisibleLine => it.sheet.marks[0].colour = PALE,
        Rule::FewLabels => it.sheet.axes[0].labels = MOST_LABELS + 1,
        Rule::LabelsDiffer => it.sheet.axes[0].says = ["1.5", "1.6", "1.6"].map(str::to_owned).to_vec(),
        Rule::WholeNames => it.texts[2].words = "US d…".to_owned(),
        Rule::LogAboveZero => it.sheet.axes[0].log = true,
        Rule::BarsFromZero => it.sheet.axes[0].domain = (1.0, 10.0),
        Rule::WideScale => it.sheet.axes[0].domain = (0.0, 0.0),
        Rule::ShortTitle => titled(it, &"word ".repeat(MOST_WORDS + 1)),
        Rule::FewTitleLines => it.facts.title_lines = 3,
        Rule::NoFullStop => titled(it, "Funding may double."),
        Rule::TitleFromNumbers => titled(it, "Funding may be $7bn in 2030"),
        Rule::OneShareADirection => {
            titled(it, "The lead is narrower in 51% of paths");
            it.table.push(["gap".into(), "wider".into(), 2030.into(), 0.51.into()]);
            let [left, top, right, bottom] = [500.0, 640.0, 590.0, 660.0];
            it.texts.push(text("Lead narrower", [left, top, right, bottom], 18.0));
            it.texts.push(text("3.6", [right + 6.0, top, right + 30.0, bottom], 18.0));
        }
        Rule::WholeFooter => it.texts[1].words = it.texts[1].words.replace("Not a forecast", "A forecast"),
        Rule::MoneyStated => it.texts[2].words = "¥2bn".to_owned(),
        Rule::AltText => it.alt.clear(),
        Rule::AltOnce => it.alt = "US observed: $31bn in 2023, $31bn in 2023.".to_owned(),
        Rule::SignsExplained => it.sheet.drew.push("cross"),
        Rule::LegendEnds => it.sheet.legends.push([280.0, 395.0, 1000.0, 410.0]),
        Rule::Contrast => it.texts[1].ink.colour = PALE,
    }
    drawing
}

const RULES: [Rule; 32] = [
    Rule::TextOnSheet,
    Rule::LegibleSize,
    Rule::KnownSigns,
    Rule::NumbersForPeople,
    Rule::NoLineThroughText,
    Rule::TextsApart,
    Rule::ValueAtItsMarker,
    Rule::ValuesInOrder,
    Rule::ValuesApart,
    Rule::MarkOnSheet,
    Rule::MarkInPlot,
    Rule::SomethingDrawn,
    Rule::StarExplained,
    Rule::VisibleLine,
    Rule::FewLabels,
    Rule::LabelsDiffer,
    Rule::WholeNames,
    Rule::LogAboveZero,
    Rule::BarsFromZero,
    Rule::WideScale,
    Rule::ShortTitle,
    Rule::FewTitleLines,
    Rule::NoFullStop,
    Rule::TitleFromNumbers,
    Rule::OneShareADirection,
    Rule::WholeFooter,
    Rule::MoneyStated,
    Rule::AltText,
    Rule::AltOnce,
    Rule::SignsExplained,
    Rule::LegendEnds,
    Rule::Contrast,
];

fn rules(drawing: &Drawing) -> BTreeSet<Rule> {
    drawing.layout().into_iter().chain(drawing.contrasts()).map(|fault| fault.rule).collect()
}

#[test]
fn every_rule_finds_the_drawing_that_breaks_it_and_no_other_rule_does() {
    assert_eq!(faultless().lint(), Vec::<String>::new());
    for rule in RULES {
        let drawing = planted(rule);
        assert_eq!(rules(&drawing), BTreeSet::from([rule]), "{:?}", drawing.lint());
        let is_of_pixels = rule == Rule::Contrast;
        assert_eq!((drawing.lint().len(), drawing.lint_layout().len()), (1, usize::from(!is_of_pixels)), "{rule:?}");
    }
}

/// Against the source, because nothing else knows which rules the lint speaks of.
#[test]
fn the_rules_of_the_lint_and_those_with_a_planted_drawing_are_the_same() {
    let source = [include_str!("../lint.rs"), include_str!("explained.rs")].concat();
    let name = |rest: &str| rest.chars().take_while(|sign| sign.is_alphanumeric()).collect::<String>();
    let spoken: BTreeSet<String> = source.split("Rule::").skip(1).map(name).collect();
    let planted: BTreeSet<String> = RULES.iter().map(|rule| format!("{rule:?}")).collect();
    assert_eq!(spoken, planted);
}

#[test]
fn what_is_just_within_a_limit_is_right() {
    let mut drawing = faultless();
    drawing.texts[1].size = 16.0;
    drawing.texts[0].area[2] = 1192.0;
    drawing.sheet.axes[0].labels = MOST_LABELS;
    drawing.sheet.marks[0].area[2] = 1010.0;
    drawing.facts.title_lines = 2;
    drawing.alt = "word ".repeat(MOST_ALT);
    titled(&mut drawing, &"word ".repeat(MOST_WORDS));
    assert_eq!(drawing.lint(), Vec::<String>::new());
}

#[test]
fn a_line_that_passes_another_marker_leads_nowhere() {
    let mut drawing = faultless();
    drawing.sheet.value_labels[1].leader = Some([(400.0, 391.0), (400.0, 396.0)]);
    assert_eq!(drawing.lint(), Vec::<String>::new());
    drawing.sheet.markers.push((408.0, 388.0));
    assert_eq!(rules(&drawing), BTreeSet::from([Rule::ValueAtItsMarker]));
}

#[test]
fn amounts_in_prices_of_a_year_say_their_inflation() {
    let mut drawing = faultless();
    drawing.texts[0].words = "AI financing per year, ¥ of 2023. ¥7.14 a dollar".to_owned();
    assert_eq!(rules(&drawing), BTreeSet::from([Rule::MoneyStated]));
}

#[test]
fn a_halo_saves_a_text_from_a_line_and_its_contrast_is_that_with_the_halo() {
    let mut drawing = planted(Rule::NoLineThroughText);
    drawing.texts[0].ink = drawing.texts[0].ink.over((255, 255, 255));
    assert_eq!(drawing.lint(), Vec::<String>::new());
    drawing.texts[0].ink = drawing.texts[0].ink.over(BLACK);
    assert_eq!(rules(&drawing), BTreeSet::from([Rule::Contrast]));
}

#[test]
fn no_halo_saves_a_text_from_a_line_across_rows() {
    let mut drawing = planted(Rule::NoLineThroughText);
    drawing.texts[0].ink = drawing.texts[0].ink.over((255, 255, 255));
    let last = drawing.sheet.marks.last_mut().expect("the line");
    last.is_rule = true;
    assert_eq!(rules(&drawing), BTreeSet::from([Rule::NoLineThroughText]));
}

#[test]
fn words_speak_of_no_sign_that_is_not_drawn() {
    let footer = |words: &str| {
        let mut drawing = faultless();
        drawing.texts[1].words.push_str(words);
        drawing
    };
    for words in [" Cross: the scenario", " Outlined: the scenario", " The rest is shown as ≈0."] {
        assert_eq!(rules(&footer(words)), BTreeSet::from([Rule::SignsExplained]), "{words}");
    }
    let mut drawing = footer(" Cross: the scenario. The rest is shown as ≈0.");
    drawing.sheet.drew.push("cross");
    drawing.texts[2].words = "≈0".to_owned();
    assert_eq!(drawing.lint(), Vec::<String>::new());
    // A ramp with a value at either end.
    drawing.sheet.legends.push([280.0, 395.0, 420.0, 410.0]);
    assert_eq!(drawing.lint(), Vec::<String>::new());
}

#[test]
fn a_text_that_stands_elsewhere_in_the_other_theme_is_found() {
    let mut other = faultless();
    assert!(other.moved(&faultless()).is_empty());
    other.texts[0].area[1] += 1.0;
    assert_eq!(other.moved(&faultless()).len(), 1);
    other.texts.pop();
    assert_eq!(other.moved(&faultless()), ["the two themes have different texts or sizes"]);
}
